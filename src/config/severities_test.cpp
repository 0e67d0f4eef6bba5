#include "config/severities.hpp"

#include <map>

#include "catch.hpp"

namespace hb::severities_test {
namespace {

const std::map<std::string_view, std::vector<const char*>> kMeant = {
    {"critical",
     {"critical", "CRITICAL", " Crit ", "fatal", "emergency", "emerg", "page", "Disaster", "P0", "P1", "p-1",
      "SEV-1", "sev 0", "S1", "blocker", "alert", "down", "[P1]"}},
    {"error", {"error", "Err", "high", "HIGH", "major", "P2", "sev2", "failed"}},
    {"warning",
     {"warning", "Warn", "medium", "average", "minor", "moderate", "ticket", "P3", "SEV_3", "degraded"}},
    {"info", {"info", "Information", "informational", "low", "notice", "debug", "ok", "P4", "P5", "sev5"}},
    {"none", {"none", "None", " NONE"}}};

}  // namespace

TEST_CASE("the words that people have for a severity stand for it, however they are written") {
  for (const auto& [severity, words] : kMeant) {
    for (const char* word : words) {
      INFO(word);
      CHECK(severity_of({}, word) == severity);
    }
  }
}

TEST_CASE("a severity that is not known, or not there, is critical") {
  for (const char* word : {"", " ", "-", "hihg", "unknown", "Not classified", "5", "pager", "äußerst", "*"}) {
    INFO(word);
    CHECK(severity_of({}, word) == "critical");
  }
}

TEST_CASE("the settings add words, change those of the table, and say what any other word means") {
  const Severities added = {{"wakeup", "critical"}, {"high", "warning"}, {"*", "info"}};
  CHECK(severity_of(added, "Wake-Up") == "critical");
  CHECK(severity_of(added, "HIGH") == "warning");
  CHECK(severity_of(added, "page") == "critical");
  CHECK(severity_of(added, "hihg") == "info");
  CHECK(severity_of(added, "") == "info");
}

TEST_CASE("a word is compared without its case, blanks and punctuation") {
  CHECK(plain_word(" SEV-1. ") == "sev1");
  CHECK(plain_word("Größe") == "größe");
  CHECK(plain_word("-_ ") == "");
}

}  // namespace hb::severities_test
