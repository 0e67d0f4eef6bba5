#include "documents/verbose_history.hpp"

#include "catch.hpp"
#include "documents/history.hpp"
#include "exact.hpp"
#include "text/json.hpp"

namespace hb::verbose_history_test {
namespace {

const Day kToday = *parse_day("2026-11-22");

constexpr std::string_view kTwoServices = R"({
  "web": {"days": {"2026-11-22": {"totalChecks": 10, "upChecks": 7, "degradedChecks": 1, "downChecks": 2, "unknownChecks": 3},
                   "2026-11-20": {"upChecks": 5}}, "overallUptime": 99},
  "db": {"days": {"2026-11-21": {"upChecks": 1440}}}})";

}  // namespace

TEST_CASE("a verbose history becomes packed ones of the same days") {
  const VerboseHistory history = read_verbose_history(kTwoServices);
  CHECK(history.last_day == kToday);
  CHECK(history.days == 3);
  const std::string web =
      pack({.up = 5}) + pack({}) + pack({.up = 7, .degraded = 1, .down = 2, .unknown = 3});
  const std::string db = pack({}) + pack({.up = 1440}) + pack({});
  CHECK(history.cells == "{\"web\":\"" + web + "\",\"db\":\"" + db + "\"}");
}

TEST_CASE("days older than 400 before the last are left out") {
  const auto days_of = [](Day first) {
    return read_verbose_history("{\"web\":{\"days\":{\"" + iso_day(first) +
                                "\":{\"upChecks\":1},\"2026-11-22\":{}}}}")
        .days;
  };
  CHECK(days_of(kToday - std::chrono::days{1}) == 2);
  CHECK(days_of(kToday - std::chrono::days{399}) == 400);
  CHECK(days_of(kToday - std::chrono::days{400}) == 400);
  CHECK(days_of(*parse_day("0001-01-01")) == 400);
}

TEST_CASE("counters of other types and sizes are kept within a day") {
  const VerboseHistory history = read_verbose_history(
      R"({"web":{"days":{"2026-11-22":{"upChecks":1441,"degradedChecks":-1,"downChecks":"5","unknownChecks":2.0}}}})");
  CHECK(history.cells == "{\"web\":\"" + pack({.up = 1440, .unknown = 2}) + "\"}");
}

TEST_CASE("a verbose history cut at any byte keeps the services that are complete") {
  each_beginning(kTwoServices, [](std::string_view cut) {
    const VerboseHistory history = read_verbose_history(cut);
    INFO(cut);
    const bool has_web = cut.size() >= kTwoServices.find(",\n  \"db\"");
    CHECK((history.cells.find("\"web\"") != history.cells.npos) == has_web);
    CHECK((history.cells.empty() || parse_json(history.cells)));
  });
}

TEST_CASE("what holds no day is an empty history") {
  for (const char* text :
       {"", "null", "[]", "{}", "5", "{\"web\":5}", "{\"web\":{}}", "{\"web\":{\"days\":[]}}",
        "{\"web\":{\"days\":{}}}", "{\"web\":{\"days\":{\"today\":{\"upChecks\":1}}}}",
        "{\"web\":{\"days\":{\"2026-02-30\":{}}}}", "{\"web\":{\"days\":", "\xFF"}) {
    INFO(text);
    const VerboseHistory history = read_verbose_history(Exact(text).view());
    CHECK(history.days == 0);
    CHECK(history.cells.empty());
  }
  const VerboseHistory history = read_verbose_history(R"({"web":{"days":{"2026-11-22":7,"x":{}}},"db":[1]})");
  CHECK(history.cells == "{\"web\":\"AAAAAAAA\"}");
}

}  // namespace hb::verbose_history_test
