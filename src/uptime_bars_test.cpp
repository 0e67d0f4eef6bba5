#include "uptime_bars.hpp"

#include "catch.hpp"

using namespace hb;

namespace {

const Day kToday = *parse_day("2026-11-22");
const UptimeThresholds kThresholds{
    {"good", 99, "green", "good"}, {"fair", 90, "orange", "fair"}, {"poor", 0, "red", "poor"}};
const UptimeScale kScale = uptime_scale("default", kThresholds);

std::string repeated(int days, const Minutes& minutes) {
  std::string cells;
  for (int i = 0; i < days; ++i) cells += pack(minutes);
  return cells;
}

UptimeDays days_of(const std::string& cells) {
  return uptime_days(cells, kToday, kToday);
}

std::string bars(const UptimeDays& uptime) {
  std::string out;
  append_bars(out, uptime, kScale);
  return out;
}

std::string label(const UptimeDays& uptime) {
  std::string out;
  append_bars_label(out, uptime, kScale);
  return out;
}

std::string percentage(double value) {
  std::string out;
  append_percentage(out, value);
  return out;
}

}  // namespace

TEST_CASE("a threshold's minimum counts as reached, and below all of them the last one holds") {
  CHECK(kScale.rank(100) == 0);
  CHECK(kScale.rank(99) == 0);
  CHECK(kScale.rank(98.99) == 1);
  CHECK(kScale.rank(89.99) == 2);
  CHECK(kScale.rank(0) == 2);
  const UptimeThresholds only_good{{"good", 99, "green", "Good"}};
  CHECK(uptime_scale("one", only_good).rank(0) == 0);
}

TEST_CASE("classes are made of the set's name, whatever is in it") {
  CHECK(kScale.classes ==
        std::vector<std::string>{"uptime-default-0", "uptime-default-1", "uptime-default-2"});
  CHECK(uptime_scale("my {set}", {{}}).classes[0] == "uptime-my_20_7bset_7d-0");
}

TEST_CASE("the thirty days end today, and what is not stored is not known") {
  const UptimeDays uptime = days_of(repeated(2, {.up = 1440}) + pack({.up = 720, .down = 720}));
  CHECK_FALSE(uptime.days[26]);
  CHECK(uptime.days[27] == 100.0);
  CHECK(uptime.days[28] == 100.0);
  CHECK(uptime.days[29] == 50.0);
  CHECK(uptime.overall == 100.0 * 3600 / 4320);
}

TEST_CASE("only the last thirty days of a longer history count") {
  const UptimeDays uptime = days_of(repeated(90, {.down = 1440}) + repeated(30, {.up = 1440}));
  CHECK(uptime.overall == 100.0);
}

TEST_CASE("a history that ends before today leaves the days since unknown") {
  const std::string cells = repeated(120, {.up = 1440});
  CHECK(uptime_days(cells, kToday - std::chrono::days{2}, kToday).days[27] == 100.0);
  CHECK_FALSE(uptime_days(cells, kToday - std::chrono::days{2}, kToday).days[28]);
  CHECK_FALSE(uptime_days(cells, kToday - std::chrono::days{30}, kToday).overall);
  CHECK_FALSE(uptime_days(cells, Day{}, kToday).overall);
}

TEST_CASE("nothing known is no percentage") {
  CHECK_FALSE(days_of("").overall);
  CHECK_FALSE(days_of(repeated(30, {.unknown = 1440})).overall);
  CHECK_FALSE(days_of("not cells at all!").overall);
}

TEST_CASE("a percentage never says 100 of something that is less") {
  CHECK(percentage(100) == "100 %");
  CHECK(percentage(99.9999) == "99.99 %");
  CHECK(percentage(99.5) == "99.50 %");
  CHECK(percentage(0) == "0 %");
  CHECK(percentage(8.125) == "8.13 %");
}

TEST_CASE("equal days in a row are one line") {
  CHECK(bars(days_of(repeated(30, {.up = 1440}))) == R"(<path class="uptime-default-0" d="M0 16h238"/>)");
  CHECK(bars(days_of("")) == R"(<path class="no-data" d="M0 16h238"/>)");
}

TEST_CASE("each colour has its days") {
  const std::string cells = repeated(10, {.up = 1440}) + pack({.down = 1440}) + repeated(1, {.up = 1440});
  CHECK(bars(days_of(cells)) == R"(<path class="no-data" d="M0 16h142"/>)"
                                R"(<path class="uptime-default-0" d="M144 16h78M232 16h6"/>)"
                                R"(<path class="uptime-default-2" d="M224 16h6"/>)");
}

TEST_CASE("the bars are also said in words") {
  CHECK(label(days_of(repeated(30, {.up = 1440}))) == "Last 30 days: 30 good");
  CHECK(label(days_of("")) == "Last 30 days: 30 without data");
  CHECK(label(days_of(repeated(10, {.up = 1440}) + pack({.up = 720, .down = 720}) + pack({.up = 1440}))) ==
        "Last 30 days: 11 good, 1 poor, 18 without data; worst day 21 Nov, 50 %");
}
