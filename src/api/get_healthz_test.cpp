#include "catch.hpp"
#include "world.hpp"

namespace hb::get_healthz_test {
namespace {

KvOnly checked_at(std::string_view time) {
  KvOnly world;
  world.stored(Key::data) =
      R"({"version":1,"summary":{"timestamp":")" + std::string(time) + R"(","counts":{},"states":{}}})";
  return world;
}

}  // namespace

TEST_CASE("the monitor is healthy until a record, three checks and a minute after its last check") {
  KvOnly world = checked_at("2026-11-22T06:00:00.000Z");
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
  KvOnly fresh;
  CHECK(fresh.get("/healthz").body == never);
  CHECK(fresh.get("/healthz").status == 503);

  KvOnly ahead = checked_at("2026-11-22T06:01:00.001Z");
  CHECK(ahead.get("/healthz").body == never);
  ahead.advance(1ms);
  CHECK(ahead.get("/healthz").status == 200);
}

TEST_CASE("a monitor that cannot read its store is not healthy") {
  KvOnly world = checked_at("2026-11-22T06:00:00.000Z");
  world.reads_fail = true;
  CHECK(world.get("/healthz").status == 503);
  CHECK(world.get("/healthz").body ==
        R"({"status":"unavailable","lastCheck":null,"error":"What the monitor stored could not be read"})");
}

TEMPLATE_TEST_CASE("the monitor that checks is healthy", "", World, KvOnly) {
  TestType world;
  world.check();
  CHECK(world.get("/healthz").status == 200);
}

TEST_CASE("the collector is healthy until three intervals after its last check") {
  World world;
  CHECK(world.get("/healthz").status == 503);
  world.check();
  world.advance(3min);
  CHECK(world.get("/healthz").status == 200);
  world.advance(1ms);
  CHECK(world.get("/healthz").status == 503);
  CHECK(world.json("/healthz")["lastCheck"] == "2026-11-22T06:00:00.000Z");
}

}  // namespace hb::get_healthz_test
