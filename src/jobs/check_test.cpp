#include "jobs/check_test.hpp"

namespace hb::check_test {

TEMPLATE_TEST_CASE("a service is up until exactly its threshold after a heartbeat", "", World, KvOnly) {
  TestType world;
  world.check();
  world.beat("web");

  world.check_every_minute_for(300s);
  CHECK(world.status("web") == "up");

  world.advance(1ms);
  world.check();
  CHECK(world.status("web") == "down");
}

TEST_CASE("without the collector the lag is allowed for on top of the threshold") {
  KvOnly world(kThreeServices, "{}");
  world.check();
  world.beat("web");

  world.advance(360s);
  world.check();
  CHECK(world.status("web") == "up");

  world.advance(1ms);
  world.check();
  CHECK(world.status("web") == "down");
}

TEMPLATE_TEST_CASE("a service that was never seen is unknown, however long it is monitored", "", World,
                   KvOnly) {
  TestType world;
  world.check_every_minute_for(1h);
  CHECK(world.status("web") == "unknown");
  CHECK(world.alert_titles() == Titles{});
}

TEMPLATE_TEST_CASE("degraded and down are as reported, until a heartbeat says up", "", World, KvOnly) {
  TestType world;
  world.check();
  world.post("/api/heartbeat", R"({"serviceId":"db","status":"degraded","message":"disk 91 %"})");
  world.advance(60s);
  world.check();
  CHECK(world.status("db") == "degraded");
  CHECK(world.status_of("db")["message"] == "disk 91 %");

  world.post("/api/heartbeat", R"({"serviceId":"db","status":"down"})");
  world.advance(60s);
  world.check();
  CHECK(world.status("db") == "down");

  world.advance(1s);
  world.beat("db");
  world.advance(59s);
  world.check();
  CHECK(world.status("db") == "up");
  CHECK(world.status_of("db")["message"].is_null());
  CHECK(world.alert_titles() == Titles{"db is up", "db is down", "db is degraded"});
}

TEMPLATE_TEST_CASE("going down and coming back are one alert each, with times and lengths in words", "",
                   World, KvOnly) {
  TestType world;
  live(world, 5min);
  live_without(world, "web", 7min);
  CHECK(world.status("web") == "down");
  live(world, 3min);

  const Json alerts = world.json("/api/alerts/recent")["alerts"];
  REQUIRE(alerts.size() == 2);
  CHECK(alerts[1]["title"] == "web is down");
  CHECK(alerts[1]["message"] == "No heartbeat since 2026-11-22 06:05:00 UTC, limit 5 min");
  CHECK(alerts[1]["severity"] == "critical");
  CHECK(alerts[1]["timestamp"] == "2026-11-22T06:11:00.000Z");
  CHECK(alerts[0]["title"] == "web is up");
  CHECK(alerts[0]["message"] == "It was down for 2 min, since 2026-11-22 06:11:00 UTC");
  CHECK(alerts[0]["serviceId"] == "web");
}

TEMPLATE_TEST_CASE("a failure that recovered between two checks is announced once", "", World, KvOnly) {
  TestType world;
  live(world, 2min);
  world.advance(10s);
  world.post("/api/heartbeat/db", R"({"status":"down","message":"restarting"})");
  world.advance(20s);
  world.beat("db");
  world.advance(30s);
  world.check();
  live(world, 2min);

  CHECK(world.alert_titles() == Titles{"db was down"});
  CHECK(world.json("/api/alerts/recent")["alerts"][0]["message"] ==
        "It was down from 06:02:10 to 06:02:30 UTC: restarting");
}

TEMPLATE_TEST_CASE(
    "a failure that recovered before a check saw it is announced whatever the service was before", "", World,
    KvOnly) {
  TestType world;
  world.check();
  const auto fail_and_recover = [&] {
    world.advance(10s);
    world.post("/api/heartbeat/db", R"({"status":"down"})");
    world.advance(20s);
    world.beat("db");
    world.advance(30s);
    world.check();
  };
  fail_and_recover();
  CHECK(world.alert_titles() == Titles{"db was down"});

  world.post("/api/heartbeat/db", R"({"status":"degraded"})");
  world.advance(60s);
  world.check();
  fail_and_recover();
  const Titles all = world.alert_titles();
  CHECK(all.size() == 4);
  CHECK(std::count(all.begin(), all.end(), "db was down") == 2);
}

TEMPLATE_TEST_CASE("a service that is disabled while down and fails again when it is back is announced again",
                   "", World, KvOnly) {
  const auto with_db = [](std::string_view enabled) {
    return R"({"services":[{"id":"db","enabled":)" + std::string(enabled) +
           R"(,"auth":{"required":false}}]})";
  };
  TestType world(with_db("true"));
  const auto report_down = [&] {
    world.configure(with_db("true"));
    world.post("/api/heartbeat/db", R"({"status":"down"})");
    world.check_every_minute_for(1min);
  };
  report_down();
  CHECK(world.alert_titles() == Titles{"db is down"});
  world.configure(with_db("false"));
  world.check_every_minute_for(10min);
  report_down();
  CHECK(world.alert_titles() == Titles{"db is down", "db is down"});
}

TEMPLATE_TEST_CASE(
    "a reported problem is no missing heartbeat: its status counts, and it is announced at once", "", World,
    KvOnly) {
  TestType world;
  live(world, 11min);

  SECTION("in a monitoring gap it counts until the grace period is over") {
    world.advance(60s);
    world.post("/api/heartbeat/db", R"({"status":"down"})");
    world.advance(20min);
    world.check();
    CHECK(world.status("db") == "down");
    CHECK(world.status("web") == "up");
  }
  SECTION("from a service that stopped with the others") {
    world.check_every_minute_for(6min);
    world.beat("web");
    world.post("/api/heartbeat/db", R"({"status":"down","message":"disk"})");
    world.check_every_minute_for(1min);
    CHECK(world.alert_titles().front() == "db is down");
    CHECK(world.status_of("db")["message"] == "disk");
  }
}

TEST_CASE("a service that appears has its age counted from that moment") {
  KvOnly world(R"({"services":[{"id":"db","auth":{"required":false}}]})");
  world.check();
  world.stored(Key::latest) = R"({"web":"2026-11-20T00:00:00.000Z"})";
  world.configure(kThreeServices);
  world.advance(60s);
  world.check();
  CHECK(world.status("web") == "up");
  world.advance(300s);
  world.check();
  CHECK(world.status("web") == "up");
  world.advance(60s);
  world.check();
  CHECK(world.status("web") == "down");
}

TEMPLATE_TEST_CASE("a disabled service is not in the results, and is monitored anew when it returns", "",
                   World, KvOnly) {
  TestType world;
  live(world, 10min);
  world.configure(
      R"({"services":[{"id":"web","enabled":false,"auth":{"required":false}},{"id":"db"},{"id":"mail"}]})");
  world.check_every_minute_for(1h);
  CHECK(world.status("web") == "absent");
  CHECK(world.post("/api/heartbeat/web").status == 200);
  const Minutes before = minutes_of(today(world, "web"));

  world.advance(2h);
  world.configure(kThreeServices);
  world.check_every_minute_for(6min);
  CHECK(world.status("web") == "up");
  world.check_every_minute_for(1min);
  CHECK(world.status("web") == "down");
  CHECK(minutes_of(today(world, "web")).up > before.up);
}

TEMPLATE_TEST_CASE("a renamed service keeps its history, its state and its heartbeats", "", World, KvOnly) {
  TestType world;
  live(world, 10min);
  const Minutes before = minutes_of(today(world, "web"));
  world.configure(R"({"services":[{"id":"site","formerly":"web","auth":{"required":false}},
                                  {"id":"db","auth":{"required":false}},{"id":"mail","auth":{"required":false}}]})");
  CHECK(world.post("/api/heartbeat/web").status == 200);
  world.check_every_minute_for(5min);
  CHECK(world.status("site") == "up");
  CHECK(minutes_of(today(world, "site")).up > before.up);
  CHECK(minutes_of(today(world, "site")).total() <= 17);
  CHECK(world.stored(Key::data).find("\"web\"") == std::string::npos);
}

TEST_CASE("once seen, a service is not forgotten when its heartbeats are lost from the store") {
  KvOnly world;
  live(world, 10min);
  world.documents.erase(Key::latest);
  world.check_every_minute_for(1min);
  CHECK(world.status("web") == "up");
  world.check_every_minute_for(10min);
  CHECK(world.status("web") == "down");
}

TEST_CASE("times ahead of now by more than a minute are as if they were not there") {
  KvOnly world;
  live(world, 10min);
  world.stored(Key::latest) = R"({"web":"2999-01-01T00:00:00.000Z","db":"2026-11-22T06:11:00.000Z"})";
  live_without(world, "web", 6min);
  CHECK(world.status("web") == "down");

  SECTION("and a heartbeat heals it") {
    live(world, 1min);
    CHECK(world.status("web") == "up");
    CHECK(world.stored(Key::latest).find("2999") == std::string::npos);
  }
}

TEST_CASE("a last check in the future does not keep the monitor from checking") {
  KvOnly world;
  live(world, 10min);
  std::string& data = world.stored(Key::data);
  const size_t scheduled = data.find("\"scheduled\":") + 12;
  data.replace(scheduled, 13, "9999999999999");
  live_without(world, "web", 10min);
  CHECK(world.status("web") == "down");
}

TEMPLATE_TEST_CASE(
    "a service that was never heard has one entry in the history, after a day or its threshold", "", World,
    KvOnly) {
  TestType world(R"({"services":[{"id":"web","auth":{"required":false}},
                                 {"id":"weekly","stalenessThreshold":608400,"auth":{"required":false}}]})");
  world.check();
  world.advance(24h - 60s);
  world.check();
  const size_t before = world.alert_titles().size();
  world.check_every_minute_for(3min);
  REQUIRE(world.alert_titles().size() == before + 1);
  CHECK(world.alert_titles().front() == "web was never heard");
  world.advance(608400s - 24h - 3min);
  world.check_every_minute_for(3min);
  const Titles titles = world.alert_titles();
  CHECK(std::count(titles.begin(), titles.end(), "weekly was never heard") == 1);
}

}  // namespace hb::check_test
