#include "health.hpp"

#include "catch.hpp"

namespace hb {
namespace {

const Time kNow = *parse_iso("2026-11-22T06:00:00.000Z");
constexpr Limits kFiveMinutes{.threshold = 300s};

}  // namespace

TEST_CASE("a service never heard is unknown, however long it is watched") {
  CHECK(health({}, kFiveMinutes, kNow) == Status::unknown);
  CHECK(health({.report = Report{Status::down, kNow}}, kFiveMinutes, kNow) == Status::unknown);
}

TEST_CASE("a service is up until exactly its threshold") {
  CHECK(health({.seen = kNow}, kFiveMinutes, kNow) == Status::up);
  CHECK(health({.seen = kNow - 300s}, kFiveMinutes, kNow) == Status::up);
  CHECK(health({.seen = kNow - 300s - 1ms}, kFiveMinutes, kNow) == Status::down);
  CHECK(health({.seen = kNow + 60s}, kFiveMinutes, kNow) == Status::up);
}

TEST_CASE("silence counts at the earliest from when a service is watched") {
  const Limits limits{.threshold = 300s, .watched_since = kNow - 10min};
  CHECK(silent_for(kNow - 24h, kNow - 10min, kNow) == 10min);
  CHECK(silent_for(kNow - 1min, kNow - 10min, kNow) == 1min);
  CHECK(silent_for(kNow + 1min, kNow - 10min, kNow) == 0min);
  CHECK(health({.seen = kNow - 24h}, limits, kNow - 5min) == Status::up);
  CHECK(health({.seen = kNow - 24h}, limits, kNow - 5min + 1ms) == Status::down);
}

TEST_CASE("a report counts until a newer heartbeat, and only while heard") {
  const Report degraded{Status::degraded, kNow - 1min};
  CHECK(health({kNow - 1min, degraded}, kFiveMinutes, kNow) == Status::degraded);
  CHECK(health({kNow - 1min + 1ms, degraded}, kFiveMinutes, kNow) == Status::up);
  CHECK(health({kNow - 1min, degraded}, kFiveMinutes, kNow + 4min) == Status::degraded);
  CHECK(health({kNow - 1min, degraded}, kFiveMinutes, kNow + 4min + 1ms) == Status::down);
  CHECK(health({kNow, Report{Status::down, kNow}}, kFiveMinutes, kNow) == Status::down);
}

TEST_CASE("joining keeps the later heartbeat and the later report, in either order") {
  const Heard cases[] = {{},
                         {.seen = kNow},
                         {.seen = kNow - 1s},
                         {kNow, Report{Status::degraded, kNow, "b"}},
                         {kNow, Report{Status::degraded, kNow, "a"}},
                         {kNow, Report{Status::down, kNow}},
                         {kNow - 1s, Report{Status::down, kNow - 1s, "c"}}};
  for (const Heard& one : cases) {
    for (const Heard& other : cases) {
      Heard here = one;
      join(here, other);
      Heard there = other;
      join(there, one);
      CHECK(here == there);
    }
  }
  Heard heard{.seen = kNow};
  join(heard, {kNow - 1s, Report{Status::degraded, kNow - 1s, "disk"}});
  CHECK(heard == Heard{kNow, Report{Status::degraded, kNow - 1s, "disk"}});
}

TEST_CASE("a status goes by one name, and other names are none") {
  for (const Status status : {Status::unknown, Status::up, Status::degraded, Status::down, Status::paused}) {
    CHECK(status_named(status_name(status)) == status);
  }
  for (const char* name : {"", "UP", "up ", "ok", "Down"}) CHECK_FALSE(status_named(name));
}

}  // namespace hb
