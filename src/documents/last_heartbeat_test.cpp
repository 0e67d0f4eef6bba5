#include "documents/last_heartbeat.hpp"

#include "catch.hpp"

namespace hb::last_heartbeat_test {
namespace {

const Time kNow = *parse_iso("2026-11-22T06:00:00.000Z");

}  // namespace

TEST_CASE("joining keeps the later heartbeat and the later report, in either order") {
  const LastHeartbeat cases[] = {{},
                                 {.last_seen = kNow},
                                 {.last_seen = kNow - 1s},
                                 {kNow, Report{Status::degraded, kNow, "b"}},
                                 {kNow, Report{Status::degraded, kNow, "a"}},
                                 {kNow, Report{Status::down, kNow}},
                                 {kNow - 1s, Report{Status::down, kNow - 1s, "c"}}};
  for (const LastHeartbeat& one : cases) {
    for (const LastHeartbeat& other : cases) {
      LastHeartbeat here = one;
      join(here, other);
      LastHeartbeat there = other;
      join(there, one);
      CHECK(here == there);
    }
  }
  LastHeartbeat last_heartbeat{.last_seen = kNow};
  join(last_heartbeat, {kNow - 1s, Report{Status::degraded, kNow - 1s, "disk"}});
  CHECK(last_heartbeat == LastHeartbeat{kNow, Report{Status::degraded, kNow - 1s, "disk"}});
}

TEST_CASE("a status goes by one name, and other names are none") {
  for (const Status status : {Status::unknown, Status::up, Status::degraded, Status::down, Status::paused}) {
    CHECK(status_named(status_name(status)) == status);
  }
  for (const char* name : {"", "UP", "up ", "ok", "Down"}) CHECK_FALSE(status_named(name));
}

}  // namespace hb::last_heartbeat_test
