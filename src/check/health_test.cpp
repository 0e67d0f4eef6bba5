#include "check/health.hpp"

#include "catch.hpp"

namespace hb::health_test {
namespace {

const Time kNow = *parse_iso("2026-11-22T06:00:00.000Z");
constexpr Limits kFiveMinutes{.threshold = 300s};

}  // namespace

TEST_CASE("a service never seen is unknown, however long it is monitored") {
  CHECK(health({}, kFiveMinutes, kNow) == Status::unknown);
  CHECK(health({.report = Report{Status::down, kNow}}, kFiveMinutes, kNow) == Status::unknown);
}

TEST_CASE("a service is up until exactly its threshold") {
  CHECK(health({.last_seen = kNow}, kFiveMinutes, kNow) == Status::up);
  CHECK(health({.last_seen = kNow - 300s}, kFiveMinutes, kNow) == Status::up);
  CHECK(health({.last_seen = kNow - 300s - 1ms}, kFiveMinutes, kNow) == Status::down);
  CHECK(health({.last_seen = kNow + 60s}, kFiveMinutes, kNow) == Status::up);
}

TEST_CASE("missing heartbeats count at the earliest from when a service is monitored") {
  const Limits limits{.threshold = 300s, .watched_since = kNow - 10min};
  CHECK(heartbeat_age(kNow - 24h, kNow - 10min, kNow) == 10min);
  CHECK(heartbeat_age(kNow - 1min, kNow - 10min, kNow) == 1min);
  CHECK(heartbeat_age(kNow + 1min, kNow - 10min, kNow) == 0min);
  CHECK(health({.last_seen = kNow - 24h}, limits, kNow - 5min) == Status::up);
  CHECK(health({.last_seen = kNow - 24h}, limits, kNow - 5min + 1ms) == Status::down);
}

TEST_CASE("a report counts until a newer heartbeat, and only while heartbeats come") {
  const Report degraded{Status::degraded, kNow - 1min};
  CHECK(health({kNow - 1min, degraded}, kFiveMinutes, kNow) == Status::degraded);
  CHECK(health({kNow - 1min + 1ms, degraded}, kFiveMinutes, kNow) == Status::up);
  CHECK(health({kNow - 1min, degraded}, kFiveMinutes, kNow + 4min) == Status::degraded);
  CHECK(health({kNow - 1min, degraded}, kFiveMinutes, kNow + 4min + 1ms) == Status::down);
  CHECK(health({kNow, Report{Status::down, kNow}}, kFiveMinutes, kNow) == Status::down);
}

}  // namespace hb::health_test
