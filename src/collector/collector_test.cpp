// The collector as a whole: heartbeats and checks, played through the core.

#include "catch.hpp"
#include "collector/checkpoint.hpp"
#include "collector/write_ahead_log.hpp"
#include "world.hpp"

namespace hb::collector_test {
namespace {

void ask_with_the_key(World& world) {
  world.env["ALERT_API_KEY"] = "secret";
  world.configure(kThreeServices);
  world.authorization = "Bearer secret";
}

}  // namespace

TEST_CASE("a heartbeat batch is one row, however many services it names") {
  World world;
  CHECK(world.post("/api/heartbeat", R"({"services":["web",{"serviceId":"db","status":"down"},"mail"]})")
            .status == 200);
  CHECK(world.rows.size() == 1);
  CHECK(world.rows["beat:0001"] == R"({"seq":1,"at":1795327200000,"colo":"","country":"","all":{},)"
                                   R"("beats":["web",{"id":"db","status":"down"},"mail"]})");
  CHECK(world.stored(Key::latest).empty());
}

TEST_CASE("a request that the collector does not take is 503, to be sent again") {
  World world;
  world.collector_fails = true;
  const Reply reply = world.post("/api/heartbeat/web");
  CHECK(reply.status == 503);
  CHECK(world.rows.empty());
}

TEST_CASE("a check judges heartbeats that are in the write-ahead log only, and publishes what it found") {
  World world;
  world.beat("web");
  world.advance(60s);
  world.check();
  CHECK(world.status("web") == "up");
  CHECK(world.status("db") == "unknown");
  CHECK(world.published("web") == "2026-11-22T06:00:00.000Z");
}

TEST_CASE(
    "a service is up until exactly its threshold, without any lag, and down in KV with the same check") {
  World world(kThreeServices, R"({"monitoring":{"kvLagSeconds":60}})");
  world.beat("web");
  world.check();
  world.check_every_minute_for(300s);
  CHECK(world.status("web") == "up");
  world.advance(1ms);
  world.check();
  CHECK(world.status("web") == "down");
}

TEST_CASE("a second delivery of a run of the check changes nothing") {
  World world;
  world.beat("web");
  world.check();
  const auto rows = world.rows;
  world.advance(7s);
  world.check_scheduled_at(world.now - 7s);
  world.check_scheduled_at(world.now - 67s);
  CHECK(world.rows == rows);
}

TEST_CASE("what the collector acknowledged outlives its eviction at any point") {
  World world;
  for (int i = 0; i < 200; ++i) {
    world.advance(1s);
    world.beat(i % 2 == 0 ? "web" : "db");
    if (i % 7 == 0) world.evict();
    if (i % 60 == 59) world.check();
  }
  world.evict();
  world.check();
  CHECK(world.row("tick")["next"] == 201);
  CHECK(world.row("tick")["today"]["heartbeats"] == 200);
  world.check_every_minute_for(300s);
  CHECK(world.published("db") == "2026-11-22T06:03:20.000Z");
  CHECK(world.json("/api/logs?serviceId=web&limit=1000")["logs"].size() == 100);
}

TEST_CASE(
    "the write-ahead log is used again only after a checkpoint, and a heartbeat itself makes one when no "
    "check comes") {
  World world;
  const int64_t count = 4'096 + 500;
  for (int64_t i = 0; i < count; ++i) {
    world.advance(10ms);
    world.beat("web");
  }
  const Checkpoint checkpoint = read_checkpoint(world.rows["latest"]);
  CHECK(checkpoint.checkpointed == 2 * 2'048);
  CHECK(sequence_of(world.rows[entry_key(count)]) == count);
  world.evict();
  world.check();
  CHECK(world.row("tick")["today"]["heartbeats"] == count);
  ask_with_the_key(world);
  size_t entries = 0;
  std::string before;
  for (;;) {
    const Json page = world.json("/api/logs?serviceId=web&limit=1000" + before);
    entries += page["logs"].size();
    if (page["next"].is_null()) break;
    before = "&before=" + page["next"].get<std::string>();
  }
  CHECK(entries == static_cast<size_t>(count));
}

TEST_CASE(
    "a stranger who asks for a log has at most twenty rows read, and sees a long tail once it is "
    "checkpointed") {
  World world;
  for (int hour = 0; hour < 12; ++hour) {
    world.beat("web");
    world.advance(1h);
    world.check_every_minute_for(360s);
  }
  const auto ask = [&] {
    const int64_t before = world.work.rows_read;
    Json answer = world.json("/api/logs?serviceId=web&limit=1000");
    CHECK(world.work.rows_read - before <= 20);
    return answer;
  };
  const size_t checkpointed = ask()["logs"].size();
  CHECK(checkpointed > 0);
  for (int i = 0; i < 8; ++i) {
    world.advance(1s);
    world.beat("web");
  }
  CHECK(ask()["logs"].size() == checkpointed + 8);
  CHECK_FALSE(ask().contains("through"));
  const std::string newest = *string_member(ask()["logs"][8], "timestamp");
  for (int i = 0; i < 1'500; ++i) {
    world.advance(1s);
    world.beat("web");
  }
  const Json bounded = ask();
  CHECK(bounded["logs"].size() == checkpointed);
  CHECK(bounded["logs"][0]["timestamp"] == newest);
  CHECK(string_member(bounded, "through") == newest);

  ask_with_the_key(world);
  CHECK(world.json("/api/logs?serviceId=web&limit=1000")["logs"].size() == 1'000);
  world.authorization.clear();
  world.check_every_minute_for(360s);
  CHECK(ask()["logs"].size() == 1'000);
}

TEST_CASE("a log of which nothing is checkpointed yet says so") {
  World world;
  for (int i = 0; i < 9; ++i) world.beat("web");
  const Json log = world.json("/api/logs?serviceId=web");
  CHECK(log["logs"].empty());
  CHECK((log.contains("through") && log["through"].is_null()));
}

TEST_CASE(
    "the heartbeat behind 16,384 others makes a checkpoint, also when the collector was evicted meanwhile") {
  std::string ids;
  for (int i = 0; i < 1'024; ++i) ids += (i == 0 ? "\"s" : ",\"s") + std::to_string(i) + '"';
  const std::string batch = R"({"services":[)" + ids + "]}";
  for (const bool is_evicted : {false, true}) {
    INFO(is_evicted);
    World world(service_list(1'024));
    for (int i = 0; i < 16; ++i) {
      world.advance(1s);
      CHECK(world.post("/api/heartbeat", batch).status == 200);
      if (is_evicted && i % 3 == 2) world.evict();
    }
    CHECK(world.rows.count("latest") == 0);
    world.advance(1s);
    world.beat("s7");
    CHECK(read_checkpoint(world.rows["latest"]).checkpointed == 16);
    world.advance(1s);
    world.beat("s7");
    CHECK(read_checkpoint(world.rows["latest"]).checkpointed == 16);
    world.check();
    CHECK(world.row("tick")["today"]["heartbeats"] == 18);
    CHECK(world.json("/api/logs?serviceId=s7&limit=100")["logs"].size() == 18);
  }
}

TEST_CASE("a batch that cannot be read costs nothing that is stored, also when a checkpoint is due") {
  World world;
  for (int i = 0; i < 2'048; ++i) world.beat("web");
  const auto rows = world.rows;
  CHECK(world.append("{}").status == 400);
  CHECK(world.rows == rows);
  world.check();
  CHECK(world.status("web") == "up");
  CHECK(world.row("tick")["today"]["heartbeats"] == 2'048);
}

TEST_CASE("an eviction right before a checkpoint writes nothing into the heartbeat log twice") {
  World world;
  for (int i = 0; i < 5; ++i) {
    world.advance(1s);
    world.beat("web");
  }
  world.evict();
  world.check();
  CHECK(world.row("latest")["folded"] == 5);
  CHECK(world.json("/api/logs?serviceId=web")["logs"].size() == 5);
  world.beat("web");
  world.evict();
  CHECK(world.json("/api/logs?serviceId=web")["logs"].size() == 6);
}

TEST_CASE("the log has each heartbeat, but where it came from only for who may see that") {
  World world;
  world.post(
      "/api/heartbeat",
      R"({"serviceId":"web","status":"degraded","message":"disk \"91\" %","metadata":{"h":"a"},"durationMs":12.5})");
  const Json logs = world.json("/api/logs?serviceId=web");
  CHECK(logs["next"].is_null());
  CHECK(logs["logs"][0]["message"] == "disk \"91\" %");
  CHECK(logs["logs"][0]["status"] == "degraded");
  CHECK(logs["logs"][0]["durationMs"] == 12.5);
  CHECK(logs["logs"][0]["metadata"].is_null());
  world.env["ALERT_API_KEY"] = "secret";
  world.configure(kThreeServices);
  world.authorization = "Bearer secret";
  CHECK(world.json("/api/logs?serviceId=web")["logs"][0]["metadata"]["h"] == "a");
  world.authorization = "Bearer wrong";
  CHECK(world.get("/api/logs?serviceId=web").status == 401);
}

TEST_CASE("a request with a wrong key does not reach the collector") {
  World world(R"({"services":[{"id":"web"}]})");
  world.env["ALERT_API_KEY"] = "secret";
  world.env["API_KEYS"] = R"({"web":"k"})";
  world.configure(R"({"services":[{"id":"web"}]})");
  world.authorization = "Bearer wrong";
  CHECK(world.post("/api/heartbeat/web").status == 401);
  CHECK(world.get("/api/self").status == 401);
  CHECK(world.get("/api/logs?serviceId=web").status == 401);
  CHECK(world.work.requests == 0);
}

TEST_CASE("a network that fails for everybody costs rows for no more than a day can take") {
  World world(service_list(2'000), kNoLag);
  std::string all;
  for (int i = 0; i < 2'000; ++i) all += (i == 0 ? "\"s" : ",\"s") + std::to_string(i) + '"';
  const std::string batch = R"({"services":[)" + all + "]}";
  world.check();
  world.post("/api/heartbeat", batch);
  world.check_every_minute_for(300s);
  const int64_t before = world.work.rows_written;
  world.check_every_minute_for(120s);
  REQUIRE(world.status("s1999") == "down");
  world.post("/api/heartbeat", batch);
  world.check_every_minute_for(60s);
  REQUIRE(world.status("s1999") == "up");
  CHECK(world.work.rows_written - before < 600);
  const Json incidents = world.json("/api/incidents?serviceId=s1999")["incidents"];
  REQUIRE(incidents.size() == 1);
  CHECK(incidents[0]["durationMs"] == 120'000);
}

TEST_CASE(
    "after missed checks nobody is down before it could send a heartbeat for as long as they were missed") {
  for (const int missed : {1, 2}) {
    INFO(missed << " checks did not come through");
    World world;
    world.beat("web");
    world.check();
    world.check_every_minute_for(4min);
    world.advance(missed * 60s + 60s);
    world.check();
    REQUIRE(world.now - *parse_iso("2026-11-22T06:00:00.000Z") > 5min);
    CHECK(world.status("web") == "up");
    world.check_every_minute_for(missed * 60s);
    CHECK(world.status("web") == "up");
    world.check_every_minute_for(60s);
    CHECK(world.status("web") == "down");
  }
}

TEST_CASE("a check that comes in time leaves no grace period") {
  World world;
  world.beat("web");
  world.check();
  world.check_every_minute_for(5min);
  CHECK(world.status("web") == "up");
  world.check_every_minute_for(60s);
  CHECK(world.status("web") == "down");
}

TEST_CASE("a failure between two checks is an incident of its own") {
  World world;
  world.beat("web");
  world.check();
  world.advance(10s);
  world.post("/api/heartbeat", R"({"serviceId":"web","status":"down","message":"oops"})");
  world.advance(20s);
  world.beat("web");
  world.advance(30s);
  world.check();
  const Json incident = world.json("/api/incidents?serviceId=web")["incidents"][0];
  CHECK(incident["start"] == "2026-11-22T06:00:10.000Z");
  CHECK(incident["durationMs"] == 20'000);
  CHECK(incident["message"] == "oops");
}

TEST_CASE("incidents are kept for the retention, not longer") {
  for (const Millis later : {47h, 49h}) {
    INFO(later / 1h << " hours later");
    World world(kThreeServices, R"({"uptime":{"retentionDays":2}})");
    const auto fail_and_recover = [&] {
      for (const char* status : {"up", "down", "up"}) {
        world.post("/api/heartbeat/web", R"({"status":")" + std::string(status) + R"("})");
        world.check();
        world.advance(60s);
      }
    };
    fail_and_recover();
    world.advance(later);
    fail_and_recover();
    CHECK(world.json("/api/incidents?serviceId=web")["incidents"].size() == (later == 47h ? 2 : 1));
  }
}

}  // namespace hb::collector_test
