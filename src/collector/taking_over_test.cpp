// What the collector takes over from KV, because others have written there.

#include "catch.hpp"
#include "documents/monitor_document.hpp"
#include "world.hpp"

namespace hb::taking_over_test {

TEST_CASE("an empty collector takes over what KV has") {
  KvOnly world;
  world.beat("web");
  world.check();
  world.check_every_minute_for(360s);
  REQUIRE(world.status("web") == "down");
  world.bind_collector();
  world.check_every_minute_for(60s);
  CHECK(world.status("web") == "down");
  CHECK(world.alert_titles() == std::vector<std::string>{"web is down"});
  CHECK(world.json("/api/incidents?serviceId=web")["incidents"].size() == 1);
  world.beat("web");
  world.check_every_minute_for(60s);
  CHECK(world.alert_titles() == std::vector<std::string>{"web is up", "web is down"});
  CHECK(world.json("/api/incidents?serviceId=web")["incidents"][0]["end"] == "2026-11-22T06:08:00.000Z");
}

TEST_CASE("an empty collector that cannot read KV keeps heartbeats and judges nothing") {
  World world;
  world.reads_fail = true;
  world.beat("web");
  world.check_every_minute_for(120s);
  CHECK_FALSE(world.rows.contains("tick"));
  CHECK(world.rows.contains("beat:0001"));
  world.reads_fail = false;
  world.check_every_minute_for(60s);
  CHECK(world.status("web") == "up");
}

TEST_CASE("a collector that comes back from a time of KV only takes over what happened then") {
  World world;
  world.beat("web");
  world.check_every_minute_for(60s);
  world.unbind_collector();
  for (int i = 0; i < 20; ++i) {
    world.beat("db");
    world.check_every_minute_for(60s);
  }
  REQUIRE(world.status("web") == "down");
  world.bind_collector();
  world.beat("db");
  world.check_every_minute_for(60s);
  CHECK(world.status("web") == "down");
  CHECK(world.status("db") == "up");
  CHECK(world.alert_titles() == std::vector<std::string>{"web is down"});
}

TEST_CASE("a heartbeat that a Worker without the collector took meanwhile is not written over") {
  World world;
  world.beat("web");
  world.check_every_minute_for(60s);
  world.unbind_collector();
  world.beat("db");
  const std::string last_heartbeat = world.published("db");
  world.bind_collector();
  world.beat("web");
  world.check_every_minute_for(420s);
  CHECK(world.published("db") == last_heartbeat);
  CHECK(world.row("state")["services"]["db"][0] == "down");  // it has been seen, so it can be missed
}

TEST_CASE("a check that read KV after a monitoring gap keeps the heartbeats that it found there") {
  World world;
  world.beat("web");
  world.check_every_minute_for(60s);
  world.unbind_collector();
  world.beat("db");
  const std::string last_heartbeat = world.published("db");
  world.bind_collector();
  world.advance(600s);
  world.follow_ups_are_lost = true;
  world.check();
  CHECK(world.row("latest")["document"]["db"] == last_heartbeat);
}

TEST_CASE("a revision of years ahead is written over, by a new collector, too") {
  for (const bool is_new : {false, true}) {
    INFO(is_new);
    World world;
    world.beat("web");
    world.check_every_minute_for(60s);
    std::string& data = world.stored(Key::data);
    const std::string revision = "\"revision\":";
    const size_t at = data.find(revision) + revision.size();
    data.replace(at, data.find(',', at) - at, "4102444800000");
    if (is_new) world.rows.clear();
    if (is_new) world.evict();
    world.check_every_minute_for(660s);
    CHECK(read_monitor_document(world.stored(Key::data)).revision <= to_ms(world.now));
  }
}

TEST_CASE("a document of a later revision was written by others and is taken over") {
  World world;
  world.beat("web");
  world.check_every_minute_for(60s);
  Json restored = *parse_json(world.stored(Key::data));
  restored["revision"] = to_ms(world.now) + 1'000;
  restored["check"]["services"]["mail"] =
      Json::parse(R"(["down",1795327000000,1795320000000,1795300000000,""])");
  world.stored(Key::data) = restored.dump();
  world.check_every_minute_for(420s);
  CHECK(world.row("state")["services"]["mail"][0] == "down");
  CHECK(world.row("state")["services"]["mail"][1] == 1795327000000);
}

}  // namespace hb::taking_over_test
