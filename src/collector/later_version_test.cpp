#include "collector/later_version.hpp"

#include "catch.hpp"
#include "collector/write_ahead_log.hpp"
#include "world.hpp"

namespace hb::later_version_test {
namespace {

const std::string kLater = R"({"version":2,"folded":0})";

int notified(const World& world) {
  return static_cast<int>(std::count_if(world.logs.begin(), world.logs.end(),
                                        [](const Log& log) { return log.event == "later-version"; }));
}

}  // namespace

TEST_CASE("a row says in front of which version it is, else it is of this one") {
  const std::pair<const char*, bool> rows[] = {{R"({"version":2})", true},
                                               {R"({"version":10,"a":1})", true},
                                               {R"({"version":1})", false},
                                               {R"({"a":1,"version":2})", false},
                                               {R"({"version":"2"})", false},
                                               {"", false},
                                               {"[]", false},
                                               {R"({"version":)", false}};
  for (const auto& [bytes, is_later] : rows) {
    INFO(bytes);
    CHECK(later_row({.rows = {{"other", "{}"}, {"state", bytes}}}) == (is_later ? "state" : ""));
  }
}

TEST_CASE("what a later version wrote is not written over by anything that happens") {
  for (const char* key : {"state", "tick", "outbox", "alerts", "known", "latest"}) {
    INFO(key);
    World world;
    world.env["ALERT_API_KEY"] = "a";
    world.authorization = "Bearer a";
    world.configure(kThreeServices);
    world.beat("web");
    world.check_every_minute_for(5 * 60s);
    world.rows[key] = kLater;
    world.evict();
    for (int minute = 0; minute < 8; ++minute) {
      CHECK(world.post("/api/heartbeat/web").status == 200);
      world.post("/api/alert", R"({"title":"x","message":"y"})");
      world.get("/api/logs?serviceId=web");
      world.advance(60s);
      world.check();
    }
    CHECK(world.rows[key] == kLater);
    CHECK(notified(world) == 1);
  }
}

TEST_CASE("heartbeats are taken behind a row of a later version until the write-ahead log is full") {
  World world;
  world.rows["latest"] = kLater;
  int accepted = 0;
  while (accepted < kWriteAheadCapacity && world.post("/api/heartbeat/web").status == 200) ++accepted;
  CHECK(accepted == kWriteAheadCapacity);
  CHECK(world.post("/api/heartbeat/web").status == 503);
  CHECK(world.rows["latest"] == kLater);
  CHECK(notified(world) == 1);

  world.rows["latest"] = R"({"folded":0,"segments":[],"document":{}})";
  world.evict();
  CHECK(world.post("/api/heartbeat/db").status == 200);
  world.check();
  CHECK(world.status("web") == "up");
  CHECK(world.status("db") == "up");
}

TEST_CASE("a heartbeat batch that cannot be read is kept, and checkpointed by a version that can") {
  World world;
  world.check();
  const std::string later =
      R"({"seq":1,"at":1795327200000,"version":2,"colo":"","country":"","all":{},"beats":["web"]})";
  world.rows["beat:0001"] = later;
  world.evict();
  world.beat("db");
  world.check_every_minute_for(10 * 60s);
  CHECK(world.rows["later"] == later + "\n");
  CHECK(notified(world) == 1);
  CHECK(world.published("web") == "absent");

  std::string& kept = world.rows["later"];
  kept.replace(kept.find("\"version\":2"), 11, "\"version\":1");
  world.beat("db");
  world.check_every_minute_for(10 * 60s);
  CHECK(world.rows["later"].empty());
  CHECK(world.published("web") == "2026-11-22T06:00:00.000Z");
}

}  // namespace hb::later_version_test
