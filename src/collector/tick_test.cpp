#include "collector/tick.hpp"

#include "catch.hpp"
#include "exact.hpp"

namespace hb::tick_test {
namespace {

const Time kNow = *parse_iso("2026-11-22T06:00:00.000Z");

Tick whole() {
  Tick tick{.scheduled = kNow,
            .at = kNow + 40ms,
            .next = 813,
            .revision = 1'795'327'200'040,
            .revision_before = 1'795'326'900'040,
            .last_day = day_of(kNow),
            .published = kNow - 5min,
            .tried = kNow,
            .published_folded = 700,
            .alerts = 3,
            .published_alerts = 2,
            .is_urgent = true,
            .is_foreign = true,
            .failing = kNow - 1h,
            .lost = kNow - 2h,
            .day = day_of(kNow)};
  tick.today = {.heartbeats = 5,
                .checks = 360,
                .publish_ms = 9,
                .longest_publish_ms = 7,
                .requests = 400,
                .rows_written = 450,
                .rows_read = 9'000,
                .puts = 80,
                .failed_puts = 1,
                .refused = {{"401", 3}}};
  return tick;
}

}  // namespace

TEST_CASE("the row tick is read as it was written") {
  const std::string row = write_tick(whole());
  CHECK(read_tick(Exact(row).view(), kNow) == whole());
  CHECK(write_tick(read_tick(row, kNow)) == row);
  CHECK(read_tick("", kNow) == Tick{});
  CHECK(read_tick("{\"next\":", kNow) == Tick{});
}

TEST_CASE("remembered times more than a minute ahead count as absent") {
  const std::string row = write_tick(whole());
  CHECK(read_tick(row, kNow - 60s).scheduled == kNow);
  CHECK_FALSE(read_tick(row, kNow - 60s - 1ms).scheduled);
}

TEST_CASE("a new day begins with nothing, and thirty are remembered") {
  Tick tick = whole();
  begin_day(tick, kNow);
  CHECK(tick == whole());
  for (int day = 1; day <= 31; ++day) {
    tick.today.puts = day;
    begin_day(tick, kNow + std::chrono::days{day});
    CHECK(tick.today == Usage{});
  }
  REQUIRE(tick.past.size() == 30);
  CHECK(read_usage(tick.past.front().second).puts == 31);
  CHECK(read_usage(tick.past.back().second).puts == 2);
  const Tick again = read_tick(write_tick(tick), kNow);
  REQUIRE(again.past.size() == 30);
  CHECK(again.past.back().first == tick.past.back().first);
  CHECK(read_usage(again.past.back().second).puts == 2);
}

TEST_CASE("a quota warns above four fifths of it, and none does on a paid plan") {
  Config config;
  Usage today{.puts = 800};
  CHECK(quota_warnings(config, today).empty());
  today.puts = 801;
  CHECK(quota_warnings(config, today) ==
        std::vector<std::string>{"80 % of the day's writes to KV are used; they begin anew at 00:00 UTC"});
  today.rows_written = 80'001;
  CHECK(quota_warnings(config, today).size() == 2);
  config.settings.monitoring.kv_writes_per_day = 0;
  CHECK(quota_warnings(config, today).empty());
}

TEST_CASE("a tally reads counts and nothing else") {
  CHECK(read_tally(R"({"401":3,"404":"x","500":-1,"503":0,"429":2.5})") == Tally{{"401", 3}});
  CHECK(read_tally("[]") == Tally{});
  CHECK(write_tally({{"401", 3}, {"404", 1}}) == R"({"401":3,"404":1})");
}

}  // namespace hb::tick_test
