#include "config/uptime_grade.hpp"

#include "catch.hpp"

namespace hb::uptime_grade_test {

TEST_CASE("a threshold's minimum counts as reached, and below all of them the last one holds") {
  const UptimeThresholds thresholds{
      {"good", 99, "green", "good"}, {"fair", 90, "orange", "fair"}, {"poor", 50, "red", "poor"}};
  CHECK(uptime_grade(thresholds, 100).name == "good");
  CHECK(uptime_grade(thresholds, 99).name == "good");
  CHECK(uptime_grade(thresholds, 98.99).name == "fair");
  CHECK(uptime_grade(thresholds, 89.99).name == "poor");
  CHECK(uptime_grade(thresholds, 0).name == "poor");
}

}  // namespace hb::uptime_grade_test
