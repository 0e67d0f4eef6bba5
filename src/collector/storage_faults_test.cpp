// A collector that lost some of its storage says so, and goes on.

#include "collector/storage_faults.hpp"

#include "catch.hpp"
#include "world.hpp"

namespace hb::storage_faults_test {
namespace {

// One that has checked and published, with a tail that is not checkpointed yet.
World with_a_tail() {
  World world;
  world.beat("web");
  world.check_every_minute_for(60s);
  for (int i = 0; i < 5; ++i) {
    world.advance(1s);
    world.beat("db");
  }
  return world;
}

int told(World& world) {
  int count = 0;
  for (const std::string& title : world.alert_titles()) count += title.starts_with("The collector") ? 1 : 0;
  return count;
}

bool is_noticed(World& world) {
  const Json body = world.json("/api/status");
  for (const Json& notice : body["notices"]) {
    if (notice["kind"] == "storage-damaged") return true;
  }
  return false;
}

}  // namespace

TEST_CASE("a sound collector has nothing to tell of its storage, before and after evictions") {
  World world = with_a_tail();
  for (int i = 0; i < 20; ++i) {
    world.beat("web");
    if (i % 3 == 0) world.evict();
    world.check_every_minute_for(60s);
  }
  CHECK(told(world) == 0);
  CHECK_FALSE(is_noticed(world));
}

TEST_CASE("a collector whose storage is gone says so once, in an alert and in a notice") {
  World world = with_a_tail();
  world.rows.clear();
  world.evict();
  world.check_every_minute_for(10min);
  CHECK(told(world) == 1);
  CHECK(is_noticed(world));
  world.beat("web");
  world.check_every_minute_for(10min);
  CHECK(told(world) == 1);
}

TEST_CASE("a collector that takes over from a Worker without one has lost nothing") {
  KvOnly world;
  world.beat("web");
  world.check_every_minute_for(360s);
  world.bind_collector();
  world.check_every_minute_for(360s);
  CHECK(told(world) == 0);
}

TEST_CASE("whatever row is lost or damaged, it is told once, and what the others have goes on") {
  const auto damage = [](World& world, const std::string& key, const std::string& bytes) {
    bytes.empty() ? void(world.rows.erase(key)) : void(world.rows[key] = bytes);
    world.evict();
  };
  for (const char* key : {"latest", "state", "alerts", "beat:0003"}) {
    for (const char* bytes : {"", "{", "\xFF", "{\"a\":1"}) {
      INFO(key << " " << bytes);
      World world = with_a_tail();
      world.check_every_minute_for(300s);  // web is down, which makes an alert
      for (int i = 0; i < 5; ++i) world.beat("db");
      world.check();
      damage(world, key == std::string("beat:0003") ? "beat:0009" : key, bytes);
      world.beat("mail");
      world.check_every_minute_for(10min);
      CHECK(told(world) == 1);
      CHECK(is_noticed(world));
      CHECK(world.published("mail") != "absent");
      CHECK(world.published("db") != "absent");
      CHECK(world.status("web") == "down");
      world.check_every_minute_for(10min);
      CHECK(told(world) == 1);
    }
  }
}

TEST_CASE("entries behind a damaged one are not lost") {
  World world;
  world.check();
  for (const char* id : {"web", "db", "mail"}) world.beat(id);
  world.rows["beat:0002"] = "?";
  world.evict();
  world.check_every_minute_for(360s);
  CHECK(world.published("web") != "absent");
  CHECK(world.published("db") == "absent");
  CHECK(world.published("mail") != "absent");
  CHECK(told(world) == 1);
}

}  // namespace hb::storage_faults_test
