// Publishing, played through the core.

#include "catch.hpp"
#include "world.hpp"

namespace hb::publish_test {

TEST_CASE("KV is written every five minutes when nothing changes, and then only what did change") {
  World world;
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

TEST_CASE("heartbeats are put only when there are new ones") {
  World world;
  world.beat("web");
  world.check_every_minute_for(60s);
  world.check_every_minute_for(300s);
  CHECK(world.puts(Key::data) == 2);
  CHECK(world.puts(Key::latest) == 1);
}

TEST_CASE("while a publishing is in flight no other begins, until it has not answered for 55 s") {
  for (const auto& [after, begun] : {std::pair{54s, 1}, std::pair{55s, 2}}) {
    World world;
    world.beat("web");
    int publishings = 0;
    world.while_putting = [&world, &publishings, after = after] {
      if (++publishings > 1) return;
      world.advance(after);
      world.beat("db");
      world.check();
    };
    world.check();
    CHECK(publishings == begun);
    world.check_every_minute_for(300s);
    CHECK(world.status("db") == "up");
  }
}

TEST_CASE("KV that takes no writes costs nothing but the view: the collector goes on and catches up") {
  World world;
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

TEST_CASE("when the publishing of a change does not come about, the next check orders it again") {
  World world;
  world.beat("web");
  world.check();
  world.check_every_minute_for(300s);
  world.follow_ups_are_lost = true;
  world.check_every_minute_for(60s);
  REQUIRE(world.row("state")["services"]["web"][0] == "down");
  world.follow_ups_are_lost = false;
  world.check_every_minute_for(60s);
  CHECK(world.status("web") == "down");
  CHECK_FALSE(world.row("tick").contains("urgent"));
}

TEST_CASE("a publishing whose call is lost is repeated by the next check, and once") {
  World world;
  world.beat("web");
  world.check();
  world.check_every_minute_for(240s);
  world.follow_ups_are_lost = true;
  world.check_every_minute_for(60s);
  REQUIRE(world.puts(Key::data) == 1);
  world.follow_ups_are_lost = false;
  world.check_every_minute_for(60s);
  CHECK(world.puts(Key::data) == 2);
  world.check_every_minute_for(240s);
  CHECK(world.puts(Key::data) == 2);
}

TEST_CASE("publishings whose calls are lost again and again stay within the day's writes") {
  World world;
  world.now = *parse_iso("2026-11-22T00:00:00.000Z");
  world.follow_ups_are_lost = true;
  for (int i = 0; i < 12 * 60; ++i) {
    world.check();
    world.advance(60s);
  }
  CHECK(world.row("tick")["today"]["puts"].get<int>() <= 900);
}

TEST_CASE(
    "with a small kvWritesPerDay what is shown is not stale by the pace that follows, and the quota is "
    "named") {
  World world(kThreeServices, R"({"monitoring":{"kvLagSeconds":0,"kvWritesPerDay":100}})");
  world.now = *parse_iso("2026-11-22T00:00:00.000Z");
  int stale = 0;
  bool is_quota_named = false;
  for (int i = 0; i < 6 * 60; ++i) {
    world.beat("web");
    world.check();
    world.advance(60s);
    const Json body = world.json("/api/status");
    for (const Json& notice : body["notices"]) {
      if (notice["kind"] == "check-stale") ++stale;
      is_quota_named |= notice["text"].get<std::string>().find("kvWritesPerDay") != std::string::npos;
    }
  }
  CHECK(stale == 0);
  CHECK(is_quota_named);
  world.advance(2h);
  CHECK(world.json("/api/status")["notices"][0]["kind"] == "check-stale");
}

TEST_CASE("minutes are set and not added, so that a repeated publishing counts nothing twice") {
  World world;
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
  World world;
  world.beat("web");
  world.check_every_minute_for(60s);
  world.documents.erase(Key::data);
  world.check_every_minute_for(59min);
  CHECK_FALSE(world.documents.contains(Key::data));
  world.check_every_minute_for(10min);
  CHECK(world.documents.contains(Key::data));
  CHECK(world.alert_titles() == std::vector<std::string>{"The history was lost from KV", "web is down",
                                                         "KV has no monitor:data, or an old one"});
}

TEST_CASE("while KV has lost what was published, readers get what the collector has, and are told") {
  World world;
  world.beat("web");
  world.check_every_minute_for(60s);
  world.documents.clear();
  world.beat("db");
  world.check_every_minute_for(10min);
  const Json body = world.json("/api/status");
  REQUIRE(body["summary"].is_object());
  CHECK(world.status("web") == "down");
  CHECK(world.status_of("db")["lastSeen"] == "2026-11-22T06:01:00.000Z");
  CHECK(body["notices"][0]["kind"] == "kv-lost");
  const int64_t before = world.work.requests;
  CHECK(world.get("/").status == 200);
  CHECK(world.work.requests == before + 1);
  world.collector_fails = true;
  CHECK(world.json("/api/status")["summary"].is_null());
  CHECK(world.get("/").status == 200);
  world.collector_fails = false;
  world.check_every_minute_for(60min);
  CHECK(world.json("/api/status")["notices"].empty());
}

TEST_CASE("a collector that has not checked yet says nothing of a loss") {
  World world;
  CHECK(world.json("/api/status") == Json::parse(R"({"summary":null,"channels":[],"notices":[]})"));
  CHECK(world.get("/").status == 200);
}

TEST_CASE("a loss that was made good does not shorten the wait for the next one") {
  World world;
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

TEST_CASE("with a tight quota KV is written less often, never beyond nine tenths of it", "[slow]") {
  World world(kThreeServices, R"({"monitoring":{"kvLagSeconds":0,"kvWritesPerDay":100}})");
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

TEST_CASE("a day of thirty services, some of them flapping, stays within the day's writes", "[slow]") {
  World world(service_list(30));
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

}  // namespace hb::publish_test
