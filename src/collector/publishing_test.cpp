#include "collector/publishing.hpp"

#include "catch.hpp"

namespace hb::publishing_test {
namespace {

const Time kMidnight = *parse_iso("2026-11-22T00:00:00.000Z");

Config config_for(int writes) {
  Config config;
  config.settings.monitoring.kv_writes_per_day = writes;
  return config;
}

bool is_due(Millis since_last, int puts, bool is_urgent, Time now = kMidnight + 12h, int writes = 1000) {
  CollectorStatus collector_status{.tried = now - since_last, .is_urgent = is_urgent, .day = day_of(now)};
  collector_status.today.puts = puts;
  return is_publishing_due(config_for(writes), collector_status, now);
}

}  // namespace

TEST_CASE("the first publishing is due at once") {
  CHECK(is_publishing_due(config_for(1000), {}, kMidnight));
}

TEST_CASE("it is due after exactly recordSeconds") {
  CHECK(is_due(300s, 0, false));
  CHECK_FALSE(is_due(299s, 0, false));
}

TEST_CASE("what is urgent goes at once, as long as enough is left for the regular ones") {
  // At noon 43,200 s are left: 432 puts for the regular ones, and three for this one.
  CHECK(is_due(60s, 900 - 435, true));
  CHECK_FALSE(is_due(60s, 900 - 434, true));
  CHECK_FALSE(is_due(60s, 0, false));
}

TEST_CASE("with less left than the regular ones need they come less often") {
  // 216 puts left at noon: three of them every 600 s.
  CHECK(is_due(600s, 900 - 216, false));
  CHECK_FALSE(is_due(599s, 900 - 216, false));
}

TEST_CASE("nothing is put beyond nine tenths of the day's writes") {
  CHECK(is_due(24h, 897, false));
  CHECK_FALSE(is_due(24h, 898, false));
  CHECK_FALSE(is_due(24h, 898, true));
}

TEST_CASE("without a limit what is urgent always goes at once") {
  CHECK(is_due(1s, 1'000'000, true, kMidnight, 0));
  CHECK(is_due(300s, 1'000'000, false, kMidnight, 0));
  CHECK_FALSE(is_due(299s, 0, false, kMidnight, 0));
}

TEST_CASE(
    "one that was ordered and did not come to its end is due again, while enough is left for the others") {
  for (const int puts : {0, 899}) {
    CollectorStatus collector_status{
        .tried = kMidnight + 12h - 60s, .is_ordered = true, .day = day_of(kMidnight)};
    collector_status.today.puts = puts;
    CHECK(is_publishing_due(config_for(1000), collector_status, kMidnight + 12h) == (puts == 0));
    CHECK(is_publishing_due(config_for(0), collector_status, kMidnight + 12h));
  }
}

TEST_CASE(
    "the interval between publishings is as long as the day's writes demand, and no shorter than "
    "recordSeconds") {
  const auto interval = [](int writes, int puts, Time now = kMidnight + 12h) {
    CollectorStatus collector_status{.day = day_of(now)};
    collector_status.today.puts = puts;
    return publishing_interval(config_for(writes), collector_status, now);
  };
  CHECK(interval(1000, 0) == 300s);
  CHECK(interval(0, 5000) == 300s);
  CHECK(interval(100, 0) == std::chrono::seconds{3 * 43'200 / 87});
  CHECK(interval(100, 81) == std::chrono::seconds{3 * 43'200 / 6});
  CHECK(interval(100, 85) == 12h);
  CHECK(interval(100, 90) == 12h);
  CHECK(publishing_interval(config_for(100), {.today = {.puts = 90}}, kMidnight) ==
        std::chrono::seconds{3 * 86'400 / 87});
}

}  // namespace hb::publishing_test
