#include "collector/collector_status.hpp"

#include "catch.hpp"
#include "exact.hpp"

namespace hb::collector_status_test {
namespace {

const Time kNow = *parse_iso("2026-11-22T06:00:00.000Z");

CollectorStatus whole() {
  CollectorStatus collector_status{.scheduled = kNow,
                                   .at = kNow + 40ms,
                                   .next = 813,
                                   .revision = 1'795'327'200'040,
                                   .revision_before = 1'795'326'900'040,
                                   .last_day = day_of(kNow),
                                   .published = kNow - 5min,
                                   .tried = kNow,
                                   .published_through = 700,
                                   .alerts = 3,
                                   .published_alerts = 2,
                                   .is_urgent = true,
                                   .is_foreign = true,
                                   .failing = kNow - 1h,
                                   .lost = kNow - 2h,
                                   .day = day_of(kNow)};
  collector_status.today = {.heartbeats = 5,
                            .checks = 360,
                            .publish_ms = 9,
                            .longest_publish_ms = 7,
                            .requests = 400,
                            .rows_written = 450,
                            .rows_read = 9'000,
                            .puts = 80,
                            .failed_puts = 1,
                            .refused = {{"401", 3}}};
  return collector_status;
}

}  // namespace

TEST_CASE("the row tick is read as it was written") {
  const std::string row = write_collector_status(whole());
  CHECK(read_collector_status(Exact(row).view(), kNow) == whole());
  CHECK(write_collector_status(read_collector_status(row, kNow)) == row);
  CHECK(read_collector_status("", kNow) == CollectorStatus{});
  CHECK(read_collector_status("{\"next\":", kNow) == CollectorStatus{});
}

TEST_CASE("remembered times more than a minute ahead count as absent") {
  const std::string row = write_collector_status(whole());
  CHECK(read_collector_status(row, kNow - 60s).scheduled == kNow);
  CHECK_FALSE(read_collector_status(row, kNow - 60s - 1ms).scheduled);
}

TEST_CASE("a new day begins with nothing, and thirty are remembered") {
  CollectorStatus collector_status = whole();
  begin_day(collector_status, kNow);
  CHECK(collector_status == whole());
  for (int day = 1; day <= 31; ++day) {
    collector_status.today.puts = day;
    begin_day(collector_status, kNow + std::chrono::days{day});
    CHECK(collector_status.today == Usage{});
  }
  REQUIRE(collector_status.past.size() == 30);
  CHECK(read_usage(collector_status.past.front().second).puts == 31);
  CHECK(read_usage(collector_status.past.back().second).puts == 2);
  const CollectorStatus again = read_collector_status(write_collector_status(collector_status), kNow);
  REQUIRE(again.past.size() == 30);
  CHECK(again.past.back().first == collector_status.past.back().first);
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

}  // namespace hb::collector_status_test
