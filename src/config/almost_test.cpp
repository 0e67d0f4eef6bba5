#include "config/almost.hpp"

#include <string>
#include <vector>

#include "catch.hpp"

namespace hb::almost_test {

TEST_CASE("a slip or two of the fingers are understood, more are not") {
  const std::vector<std::string_view> known{"id", "url", "name", "enabled", "stalenessThreshold"};
  const std::pair<const char*, const char*> words[] = {
      {"nmae", "name"},
      {"naem", "name"},
      {"names", "name"},
      {"nam", "name"},
      {"Name", "name"},
      {"ID", "id"},
      {"uri", "url"},
      {"enabeld", "enabled"},
      {"enable", "enabled"},
      {"enabl", "enabled"},
      {"enab", ""},
      {"stalenesThreshhold", "stalenessThreshold"},
      {"stalnesThreshhold", ""},
      {"stalenessthreshold", "stalenessThreshold"},
      {"ip", ""},
      {"i", ""},
      {"nema", ""},
      {"", ""},
  };
  for (const auto& [word, meant] : words) {
    INFO(word);
    CHECK(almost(word, known) == meant);
  }
  CHECK(almost(std::string(100'000, 'x'), known).empty());
  CHECK(almost("name", {}).empty());
}

TEST_CASE("of several the nearest is meant") {
  const std::vector<std::string_view> known{"maxAlerts", "maxAlert", "maxAgeDays"};
  CHECK(almost("maxAlertz", known) == "maxAlerts");
  CHECK(almost("maxAler", known) == "maxAlert");
}

}  // namespace hb::almost_test
