// What /api/self counts.

#include "catch.hpp"
#include "world.hpp"

namespace hb::get_self_test {

TEST_CASE("errors since the last check are counted with the next") {
  World world;
  world.env["ALERT_API_KEY"] = "secret";
  world.configure(kThreeServices);
  world.authorization = "Bearer secret";
  world.check_every_minute_for(60s);
  world.work.errors = 2;
  world.check_every_minute_for(60s);
  world.work.errors = 3;
  world.check_every_minute_for(60s);
  CHECK(world.json("/api/self")["today"]["errors"] == 3);
}

TEST_CASE("requests and rows before an eviction are counted as far as there are heartbeats") {
  World world;
  world.env["ALERT_API_KEY"] = "secret";
  world.configure(kThreeServices);
  world.authorization = "Bearer secret";
  world.check_every_minute_for(60s);
  for (int i = 0; i < 50; ++i) world.beat("web");
  world.evict();
  world.check_every_minute_for(60s);
  const Json today = world.json("/api/self")["today"];
  CHECK(today["requests"] >= 50);
  CHECK(today["rowsWritten"] >= 50);
}

TEST_CASE("refused heartbeats are counted with the next accepted one") {
  World world;
  world.env["ALERT_API_KEY"] = "secret";
  world.configure(kThreeServices);
  world.post("/api/heartbeat/nobody");
  world.post("/api/heartbeat/nobody");
  world.post("/api/heartbeat", "[");
  world.beat("web");
  world.check();
  world.authorization = "Bearer secret";
  const Json self = world.json("/api/self");
  CHECK(self["today"]["refused"] == Json::parse(R"({"400":1,"404":2})"));
  CHECK(self["today"]["heartbeats"] == 1);
  CHECK(self["today"]["checks"] == 1);
}

TEST_CASE("how long publishing took is shown, all together and the longest") {
  World world;
  world.env["ALERT_API_KEY"] = "secret";
  world.configure(kThreeServices);
  world.authorization = "Bearer secret";
  Millis took{};
  world.while_putting = [&] { world.advance(took); };
  for (const Millis one : {2s, 5s, 1s}) {
    took = one + World::kFollowUpAfter;
    world.check_every_minute_for(300s);
  }
  const Json today = world.json("/api/self")["today"];
  CHECK(today["publishMs"] == 8'000);
  CHECK(today["longestPublishMs"] == 5'000);
}

}  // namespace hb::get_self_test
