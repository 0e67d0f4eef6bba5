#include "collector/readers.hpp"

#include "catch.hpp"
#include "world.hpp"

namespace hb::readers_test {
namespace {

const Time kNoon = *parse_iso("2026-11-22T12:00:00.000Z");

}  // namespace

TEST_CASE("readers have an allowance for each day, to its last request and not one more") {
  Session session;
  for (int64_t i = 0; i < kForwardedForReaders; ++i) REQUIRE(allows_forwarding(session, kNoon));
  CHECK_FALSE(allows_forwarding(session, kNoon));
  CHECK_FALSE(allows_forwarding(session, kNoon + 12h - 1ms));
  CHECK(allows_forwarding(session, kNoon + 12h));
  Session other;
  CHECK(allows_documents(other, kNoon, kDocumentsForReaders - 1));
  CHECK_FALSE(allows_documents(other, kNoon, 2));
  CHECK(allows_documents(other, kNoon, 1));
  CHECK_FALSE(allows_documents(other, kNoon, 1));
}

TEST_CASE("when strangers have used up what readers may cost, heartbeats, checks and who has the key go on",
          "[slow]") {
  World world;
  world.env["ALERT_API_KEY"] = "secret";
  world.configure(kThreeServices);
  world.beat("web");
  world.check();
  const int64_t before = world.work.requests;
  int refused = 0;
  for (int64_t i = 0; i < kForwardedForReaders + 100; ++i) {
    if (world.get("/healthz").status == 503) ++refused;
  }
  CHECK(refused == 100);
  CHECK(world.work.requests - before == kForwardedForReaders);
  const Reply reply = world.get("/api/logs?serviceId=web");
  CHECK(reply.status == 503);
  CHECK(reply.body.find("00:00 UTC") != std::string::npos);
  CHECK(world.get("/api/status").status == 200);
  world.check_every_minute_for(60s);
  CHECK(world.post("/api/heartbeat/web").status == 200);
  world.check_every_minute_for(300s);
  CHECK(world.row("state")["services"]["web"][0] == "up");
  world.authorization = "Bearer secret";
  CHECK(world.get("/api/logs?serviceId=web").status == 200);
  world.authorization = "";
  world.advance(24h);
  CHECK(world.get("/api/logs?serviceId=web").status == 200);
}

TEST_CASE("the collector remembers after an eviction what readers have cost") {
  World world;
  world.check();
  for (int i = 0; i < 5; ++i) world.get("/healthz");
  world.check_every_minute_for(60s);
  CHECK(world.row("tick")["today"]["readers"] == 5);
  world.evict();
  world.check_every_minute_for(60s);
  world.get("/healthz");
  world.check_every_minute_for(60s);
  CHECK(world.row("tick")["today"]["readers"] == 6);
}

TEST_CASE("a reader beyond the rate limit costs the collector nothing, and others none of their allowance") {
  World world;
  world.env["ALERT_API_KEY"] = "secret";
  world.configure(kThreeServices);
  world.check();
  const int64_t before = world.work.requests;
  world.readers_exceed = true;
  for (int64_t i = 0; i <= kForwardedForReaders; ++i) REQUIRE(world.get("/healthz").status == 429);
  CHECK(world.work.requests == before);
  CHECK(world.get("/api/services").status == 200);
  CHECK(world.post("/api/heartbeat/web").status == 200);
  world.authorization = "Bearer secret";
  CHECK(world.get("/api/logs?serviceId=web").status == 200);
  world.authorization = "";
  world.readers_exceed = false;
  CHECK(world.get("/healthz").status == 200);
}

}  // namespace hb::readers_test
