#include "documents/heard.hpp"

#include "catch.hpp"

namespace hb::heard_test {
namespace {

const Time kNow = *parse_iso("2026-11-22T06:00:00.000Z");

}  // namespace

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

}  // namespace hb::heard_test
