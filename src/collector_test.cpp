// The collector as a whole: heartbeats, checks and publishing, played through the core.

#include "catch.hpp"
#include "collected.hpp"
#include "data.hpp"
#include "ring.hpp"
#include "tick.hpp"
#include "world.hpp"

using namespace hb;

namespace {

struct Collecting : World {
  explicit Collecting(std::string_view settings = kNoLag) : World(kThreeServices, settings) {
    bind_collector();
  }

  std::string published(std::string_view id) {
    return string_member(*parse_json(stored(Key::latest)), id).value_or("absent");
  }
};

std::string service_list(int count) {
  std::string services;
  for (int i = 0; i < count; ++i) {
    services += (i == 0 ? "" : ",") + std::string(R"({"id":"s)") + std::to_string(i) +
                R"(","auth":{"required":false}})";
  }
  return R"({"services":[)" + services + "]}";
}

}  // namespace

TEST_CASE("an accepted request is one row, however many services it names") {
  Collecting world;
  CHECK(world.post("/api/heartbeat", R"({"services":["web",{"serviceId":"db","status":"down"},"mail"]})")
            .status == 200);
  CHECK(world.rows.size() == 1);
  CHECK(world.rows["beat:0001"] == R"({"seq":1,"at":1795327200000,"colo":"","country":"","all":{},)"
                                   R"("beats":["web",{"id":"db","status":"down"},"mail"]})");
  CHECK(world.stored(Key::latest).empty());
}

TEST_CASE("a request that the collector does not take is 503, to be sent again") {
  Collecting world;
  world.collector_fails = true;
  const Reply reply = world.post("/api/heartbeat/web");
  CHECK(reply.status == 503);
  CHECK(world.rows.empty());
}

TEST_CASE("a check judges heartbeats that are in the ring only, and publishes what it found") {
  Collecting world;
  world.beat("web");
  world.advance(60s);
  world.check();
  CHECK(world.status("web") == "up");
  CHECK(world.status("db") == "unknown");
  CHECK(world.published("web") == "2026-11-22T06:00:00.000Z");
}

TEST_CASE(
    "a service is up until exactly its threshold, without any lag, and down in KV with the same check") {
  Collecting world(R"({"monitoring":{"kvLagSeconds":60}})");
  world.beat("web");
  world.check();
  world.check_every_minute_for(300s);
  CHECK(world.status("web") == "up");
  world.advance(1ms);
  world.check();
  CHECK(world.status("web") == "down");
}

TEST_CASE("a second delivery of a run of the check changes nothing") {
  Collecting world;
  world.beat("web");
  world.check();
  const auto rows = world.rows;
  world.advance(7s);
  world.check_scheduled_at(world.now - 7s);
  world.check_scheduled_at(world.now - 67s);
  CHECK(world.rows == rows);
}

TEST_CASE("what the collector acknowledged outlives its eviction at any point") {
  Collecting world;
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
    "the ring is used again only once it is folded, and the heartbeat itself folds when no check comes") {
  Collecting world;
  const int64_t count = kRingSlots + 500;
  for (int64_t i = 0; i < count; ++i) {
    world.advance(10ms);
    world.beat("web");
  }
  const Collected collected = read_collected(world.rows["latest"]);
  CHECK(collected.folded == 2 * kFoldAt);
  CHECK(sequence_of(world.rows[slot_key(count)]) == count);
  world.evict();
  world.check();
  CHECK(world.row("tick")["today"]["heartbeats"] == count);
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

TEST_CASE("an eviction right before folding writes nothing into the log twice") {
  Collecting world;
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

TEST_CASE("KV is written every five minutes when nothing changes, and then only what did change") {
  Collecting world;
  world.beat("web");
  world.check_every_minute_for(60s);
  CHECK(world.puts(Key::latest) == 1);
  CHECK(world.puts(Key::data) == 1);
  CHECK(world.puts(Key::alerts) == 0);
  world.check_every_minute_for(240s);
  CHECK(world.puts(Key::data) == 1);
  world.beat("web");
  world.check_every_minute_for(60s);
  CHECK(world.puts(Key::data) == 2);
  CHECK(world.puts(Key::latest) == 2);
  CHECK(world.puts(Key::alerts) == 0);
}

TEST_CASE("KV that takes no writes costs nothing but the view: the collector goes on and catches up") {
  Collecting world;
  world.beat("web");
  world.check_every_minute_for(60s);
  world.writes_fail = true;
  world.check_every_minute_for(600s);
  CHECK(world.status("web") == "up");
  CHECK(world.row("state")["services"]["web"][0] == "down");
  CHECK(world.json("/healthz")["status"] == "ok");
  world.writes_fail = false;
  world.check_every_minute_for(300s);
  CHECK(world.status("web") == "down");
  CHECK(world.alert_titles() == std::vector<std::string>{"web is down"});
}

TEST_CASE("an empty collector takes over what KV has") {
  World world;
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
  Collecting world;
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
  Collecting world;
  world.beat("web");
  world.check_every_minute_for(60s);
  world.place = Place::alone;
  for (int i = 0; i < 20; ++i) {
    world.beat("db");
    world.check_every_minute_for(60s);
  }
  REQUIRE(world.status("web") == "down");
  world.place = Place::edge;
  world.beat("db");
  world.check_every_minute_for(60s);
  CHECK(world.status("web") == "down");
  CHECK(world.status("db") == "up");
  CHECK(world.alert_titles() == std::vector<std::string>{"web is down"});
}

TEST_CASE("a heartbeat that a Worker without the collector took meanwhile is not written over") {
  Collecting world;
  world.beat("web");
  world.check_every_minute_for(60s);
  world.place = Place::alone;
  world.beat("db");
  const std::string heard = world.published("db");
  world.place = Place::edge;
  world.beat("web");
  world.check_every_minute_for(420s);
  CHECK(world.published("db") == heard);
  CHECK(world.row("state")["services"]["db"][0] == "down");  // it has been heard, so it can be missed
}

TEST_CASE("a check that read KV after a gap keeps the heartbeats that it found there") {
  Collecting world;
  world.beat("web");
  world.check_every_minute_for(60s);
  world.place = Place::alone;
  world.beat("db");
  const std::string heard = world.published("db");
  world.place = Place::edge;
  world.advance(600s);
  world.sequels_are_lost = true;
  world.check();
  CHECK(world.row("latest")["document"]["db"] == heard);
}

TEST_CASE("when the publishing of a change does not come about, the next check orders it again") {
  Collecting world;
  world.beat("web");
  world.check();
  world.check_every_minute_for(300s);
  world.sequels_are_lost = true;
  world.check_every_minute_for(60s);
  REQUIRE(world.row("state")["services"]["web"][0] == "down");
  world.sequels_are_lost = false;
  world.check_every_minute_for(60s);
  CHECK(world.status("web") == "down");
  CHECK_FALSE(world.row("tick").contains("urgent"));
}

TEST_CASE("a revision of years ahead does not keep later ones from being taken over") {
  Collecting world;
  world.beat("web");
  world.check_every_minute_for(60s);
  std::string& data = world.stored(Key::data);
  const std::string revision = "\"revision\":";
  const size_t at = data.find(revision) + revision.size();
  data.replace(at, data.find(',', at) - at, "4102444800000");
  world.check_every_minute_for(660s);
  CHECK(read_data(world.stored(Key::data)).revision <= to_ms(world.now + 62s));
}

TEST_CASE("minutes are set and not added, so that a repeated publishing counts nothing twice") {
  Collecting world;
  for (int i = 0; i < 30; ++i) {
    world.beat("web");
    if (i % 3 == 0) world.writes_fail = !world.writes_fail;
    world.check_every_minute_for(60s);
  }
  world.writes_fail = false;
  world.check_every_minute_for(300s);
  const Json today = world.json("/api/uptime?serviceId=web&days=1")["days"][0];
  CHECK(today["totalChecks"] == 35);
  CHECK(today["upChecks"] == 34);
  CHECK(today["downChecks"] == 1);
}

TEST_CASE("KV that lost the history is given an hour, then the loss is said and accepted") {
  Collecting world;
  world.beat("web");
  world.check_every_minute_for(60s);
  world.documents.erase(Key::data);
  world.check_every_minute_for(59min);
  CHECK_FALSE(world.documents.contains(Key::data));
  world.check_every_minute_for(10min);
  CHECK(world.documents.contains(Key::data));
  CHECK(world.alert_titles().front() == "The history was lost from KV");
}

TEST_CASE("a loss that was made good does not shorten the wait for the next one") {
  Collecting world;
  world.beat("web");
  world.check_every_minute_for(60s);
  const std::string document = world.stored(Key::data);
  world.documents.erase(Key::data);
  world.check_every_minute_for(10min);
  world.stored(Key::data) = document;
  world.check_every_minute_for(60min);
  world.documents.erase(Key::data);
  world.check_every_minute_for(55min);
  CHECK_FALSE(world.documents.contains(Key::data));
}

TEST_CASE("a document of a later revision was written by others and is taken over") {
  Collecting world;
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

TEST_CASE("with a tight quota KV is written less often, never beyond nine tenths of it") {
  Collecting world(R"({"monitoring":{"kvLagSeconds":0,"kvWritesPerDay":100}})");
  world.now = *parse_iso("2026-11-22T00:00:00.000Z");
  for (int i = 0; i < 24 * 60; ++i) {
    world.beat(i / 7 % 2 == 0 ? "web" : "db");
    world.check();
    world.advance(60s);
  }
  const int puts = world.puts(Key::data) + world.puts(Key::latest) + world.puts(Key::alerts);
  CHECK(puts <= 90);
  CHECK(puts >= 60);
}

TEST_CASE("a day of thirty services, some of them flapping, stays within the day's writes") {
  World world(service_list(30));
  world.bind_collector();
  world.now = *parse_iso("2026-11-22T00:00:00.000Z");
  for (int minute = 0; minute < 24 * 60; ++minute) {
    for (int i = 0; i < 30; i += 3) {
      const bool is_flapping = i < 9 && minute / 10 % 2 == 1;
      if (!is_flapping) world.beat("s" + std::to_string(i));
    }
    world.check();
    world.advance(60s);
  }
  const int puts = world.puts(Key::data) + world.puts(Key::latest) + world.puts(Key::alerts);
  CHECK(puts <= 900);
  CHECK(world.puts(Key::data) >= 250);
}

TEST_CASE("the log tells each heartbeat, and who may not see where it came from does not") {
  Collecting world;
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
  world.bind_collector();
  world.authorization = "Bearer wrong";
  CHECK(world.post("/api/heartbeat/web").status == 401);
  CHECK(world.get("/api/self").status == 401);
  CHECK(world.get("/api/logs?serviceId=web").status == 401);
  CHECK(world.work.requests == 0);
}

TEST_CASE("a network that fails for everybody costs rows for no more than a day can take") {
  World world(service_list(2'000), kNoLag);
  world.bind_collector();
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

TEST_CASE("errors since the last check are counted with the next") {
  Collecting world;
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
  Collecting world;
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
  Collecting world;
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

TEST_CASE("whoever was refused while checks were missed has the chance to be heard before it is down") {
  Collecting world;
  world.check();
  for (const int minutes : {4, 0}) {
    world.beat("web");
    world.check_every_minute_for(minutes * 60s);
  }
  world.advance(120s);  // two checks and the heartbeat of the eighth minute do not come through
  world.advance(60s);
  world.check();
  CHECK(world.status("web") == "up");
  world.check_every_minute_for(120s);
  CHECK(world.status("web") == "up");
  world.check_every_minute_for(60s);
  CHECK(world.status("web") == "down");
}

TEST_CASE("a failure between two checks is an incident of its own") {
  Collecting world;
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
