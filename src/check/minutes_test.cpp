#include "check/minutes.hpp"

#include "catch.hpp"

namespace hb::minutes_test {
namespace {

Time at(std::string_view text) {
  return *parse_iso(text);
}

constexpr Day kToday{std::chrono::year{2026} / 11 / 22};

Elapsed five_minutes() {
  return {.last_record = at("2026-11-22T06:00:00.000Z"),
          .last_check = at("2026-11-22T06:04:00.000Z"),
          .check = at("2026-11-22T06:05:00.000Z"),
          .held_for = 180s};
}

}  // namespace

TEST_CASE("between two records the old status counts up to this check, whose minute has the new one") {
  CHECK(counted({}, five_minutes(), Status::up, Status::up) == DayCells{.today = {.up = 5}});
  CHECK(counted({}, five_minutes(), Status::up, Status::down) == DayCells{.today = {.up = 4, .down = 1}});
  CHECK(counted({}, five_minutes(), Status::degraded, Status::paused) ==
        DayCells{.today = {.degraded = 4, .unknown = 1}});
}

TEST_CASE("the time since the last check is unknown when it is longer than a status is held") {
  Elapsed elapsed = five_minutes();
  elapsed.last_check = at("2026-11-22T06:02:00.000Z");
  CHECK(counted({}, elapsed, Status::up, Status::up) == DayCells{.today = {.up = 5}});
  elapsed.held_for = 179s;
  CHECK(counted({}, elapsed, Status::up, Status::up) == DayCells{.today = {.up = 3, .unknown = 2}});
}

TEST_CASE("minutes before midnight belong to yesterday") {
  const Elapsed elapsed{.last_record = at("2026-11-21T23:57:00.000Z"),
                        .last_check = at("2026-11-22T00:01:00.000Z"),
                        .check = at("2026-11-22T00:02:00.000Z"),
                        .held_for = 180s};
  CHECK(counted({}, elapsed, Status::up, Status::down) ==
        DayCells{.today = {.up = 2, .down = 1}, .yesterday = {.up = 2}});
}

TEST_CASE("days before yesterday are not counted any more") {
  const Elapsed elapsed{.last_record = at("2026-11-19T12:00:00.000Z"),
                        .last_check = at("2026-11-19T12:00:00.000Z"),
                        .check = at("2026-11-22T06:00:00.000Z"),
                        .held_for = 180s};
  CHECK(counted({}, elapsed, Status::up, Status::up) ==
        DayCells{.today = {.up = 1, .unknown = 360}, .yesterday = {.unknown = 1440}});
}

TEST_CASE("two records within one minute count it once") {
  Elapsed elapsed = five_minutes();
  elapsed.last_record = elapsed.last_check = at("2026-11-22T06:05:00.000Z");
  elapsed.check = at("2026-11-22T06:05:59.000Z");
  const DayCells before{.today = {.up = 7}};
  CHECK(counted(before, elapsed, Status::up, Status::down) == before);
}

TEST_CASE("the first record counts its own minute") {
  CHECK(counted_first({}, at("2026-11-22T00:00:00.000Z"), Status::up) == DayCells{.today = {.up = 1}});
}

TEST_CASE("cells move back with the days") {
  const DayCells cells{.today = {.up = 1}, .yesterday = {.up = 2}};
  using std::chrono::days;
  CHECK(rolled(cells, kToday, kToday) == cells);
  CHECK(rolled(cells, kToday, kToday + days{1}) == DayCells{.yesterday = {.up = 1}});
  CHECK(rolled(cells, kToday, kToday + days{2}) == DayCells{});
}

}  // namespace hb::minutes_test
