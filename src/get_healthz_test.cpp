#include "catch.hpp"
#include "world.hpp"

using namespace hb;

namespace {

World checked_at(std::string_view time) {
  World world;
  world.stored(Key::data) =
      R"({"version":1,"summary":{"timestamp":")" + std::string(time) + R"(","counts":{},"states":{}}})";
  return world;
}

}  // namespace

TEST_CASE("the monitor is healthy until a record, three checks and a minute after its last check") {
  World world = checked_at("2026-11-22T06:00:00.000Z");
  world.advance(540s);
  CHECK(world.get("/healthz").status == 200);
  CHECK(world.get("/healthz").body == R"({"status":"ok","lastCheck":"2026-11-22T06:00:00.000Z"})");

  world.advance(1ms);
  CHECK(world.get("/healthz").status == 503);
  CHECK(world.get("/healthz").body ==
        R"({"status":"stale","lastCheck":"2026-11-22T06:00:00.000Z",)"
        R"("error":"The last check was 9 min ago; see the log of the cron trigger"})");
}

TEST_CASE("a last check that cannot be is none") {
  const std::string never =
      R"({"status":"never","lastCheck":null,"error":"No check has run yet; see that the cron trigger is set up"})";
  World fresh;
  CHECK(fresh.get("/healthz").body == never);
  CHECK(fresh.get("/healthz").status == 503);

  World ahead = checked_at("2026-11-22T06:01:00.001Z");
  CHECK(ahead.get("/healthz").body == never);
  ahead.advance(1ms);
  CHECK(ahead.get("/healthz").status == 200);
}

TEST_CASE("a monitor that cannot read its store is not healthy") {
  World world = checked_at("2026-11-22T06:00:00.000Z");
  world.reads_fail = true;
  CHECK(world.get("/healthz").status == 503);
  CHECK(world.get("/healthz").body ==
        R"({"status":"unavailable","lastCheck":null,"error":"What the monitor stored could not be read"})");
}

TEST_CASE("the monitor that checks is healthy") {
  World world;
  world.check();
  CHECK(world.get("/healthz").status == 200);
}
