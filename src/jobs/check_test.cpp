#include "catch.hpp"
#include "documents/data.hpp"
#include "world.hpp"

namespace hb::check_test {
namespace {

using Titles = std::vector<std::string>;

Time at(std::string_view text) {
  return *parse_iso(text);
}

// Heartbeats of the services but a silent one every minute, each followed by a check.
void live_without(World& world, std::string_view silent, Millis duration) {
  const Time end = world.now + duration;
  while (world.now + 60s <= end) {
    world.advance(60s);
    for (const std::string_view id : {"web", "db", "mail"}) {
      if (id != silent) world.beat(id);
    }
    world.check();
  }
}

// Heartbeats of all three.
void live(World& world, Millis duration) {
  live_without(world, "", duration);
}

Json today(World& world, std::string_view id) {
  return world.json("/api/uptime?days=1&serviceId=" + std::string(id))["days"][0];
}

Minutes minutes_of(const Json& day) {
  return {day["upChecks"], day["degradedChecks"], day["downChecks"], day["unknownChecks"]};
}

}  // namespace

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

TEMPLATE_TEST_CASE("a service that was never heard is unknown, however long it is watched", "", World,
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

TEMPLATE_TEST_CASE("a failure that recovered between two checks is told once", "", World, KvOnly) {
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

TEMPLATE_TEST_CASE("a failure that recovered before a check saw it is told whatever the service was before",
                   "", World, KvOnly) {
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

TEMPLATE_TEST_CASE("a service that is disabled while down and fails again when it is back is told again", "",
                   World, KvOnly) {
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

TEMPLATE_TEST_CASE("a report is no silence: it is as it says, and it is told at once", "", World, KvOnly) {
  TestType world;
  live(world, 11min);

  SECTION("in a gap it counts until the grace is over") {
    world.advance(60s);
    world.post("/api/heartbeat/db", R"({"status":"down"})");
    world.advance(20min);
    world.check();
    CHECK(world.status("db") == "down");
    CHECK(world.status("web") == "up");
  }
  SECTION("from a service that fell silent with the others") {
    world.check_every_minute_for(6min);
    world.beat("web");
    world.post("/api/heartbeat/db", R"({"status":"down","message":"disk"})");
    world.check_every_minute_for(1min);
    CHECK(world.alert_titles().front() == "db is down");
    CHECK(world.status_of("db")["message"] == "disk");
  }
}

TEMPLATE_TEST_CASE("a check records a change, the passing of recordSeconds and a new day, and nothing else",
                   "", World, KvOnly) {
  TestType world;
  world.now = at("2026-11-22T23:50:00.000Z");
  world.check();
  CHECK(world.records() == 1);
  world.beat("web");
  world.advance(60s);
  world.check();
  CHECK(world.records() == 2);
  world.check_every_minute_for(4min);
  CHECK(world.records() == 2);
  world.beat("web");
  world.check_every_minute_for(1min);
  CHECK(world.records() == 3);
  world.beat("web");
  world.check_every_minute_for(3min);
  CHECK(world.records() == 3);
  world.check_every_minute_for(1min);
  CHECK(world.now == at("2026-11-23T00:00:00.000Z"));
  CHECK(world.records() == 4);
}

TEMPLATE_TEST_CASE("a second delivery of a check, or a late one, changes nothing", "", World, KvOnly) {
  TestType world;
  live(world, 11min);  // a check that records
  world.advance(10s);
  world.post("/api/heartbeat/web", R"({"status":"down"})");
  const auto documents = world.documents;
  const auto rows = world.rows;
  world.check_scheduled_at(at("2026-11-22T06:11:00.000Z"));
  world.check_scheduled_at(at("2026-11-22T06:10:00.000Z"));
  CHECK(world.documents == documents);
  CHECK(world.rows == rows);
}

TEMPLATE_TEST_CASE("uptime counts every minute once, by what the checks said of it", "", World, KvOnly) {
  TestType world;
  live(world, 10min);
  live_without(world, "web", 11min);
  live(world, 9min);
  world.check_every_minute_for(1min);

  // Up from 06:01, down from 06:16, up from 06:22 to the last record at 06:27.
  CHECK(minutes_of(today(world, "web")) == Minutes{.up = 21, .down = 6});
}

TEMPLATE_TEST_CASE("a day has 1,440 minutes, split at midnight", "[slow]", World, KvOnly) {
  TestType world(R"({"services":[{"id":"web","auth":{"required":false}}]})");
  world.now = at("2026-11-21T23:29:00.000Z");
  const auto beat_and_check = [&](Millis duration) {
    const Time end = world.now + duration;
    while (world.now < end) {
      world.advance(60s);
      world.beat("web");
      world.check();
    }
  };
  beat_and_check(31min);
  CHECK(world.now == at("2026-11-22T00:00:00.000Z"));
  beat_and_check(24h);
  const Json days = world.json("/api/uptime?serviceId=web&days=3")["days"];
  CHECK(minutes_of(days[0]) == Minutes{.up = 30});
  CHECK(minutes_of(days[1]) == Minutes{.up = 1440});
  CHECK(minutes_of(days[2]) == Minutes{.up = 1});
}

TEMPLATE_TEST_CASE("a time without checks is a gap: unknown in uptime, told once, and nobody goes down by it",
                   "", World, KvOnly) {
  TestType world;
  live(world, 11min);
  world.advance(2h);
  world.check();
  CHECK(world.status("web") == "up");
  CHECK(world.alert_titles() == Titles{"The monitor was blind for 2 h"});
  CHECK(minutes_of(today(world, "web")).unknown == 119);

  SECTION("who does not come back is down once the grace is over") {
    live_without(world, "web", 4min);
    CHECK(world.status("web") == "up");
    live_without(world, "web", 1min);
    CHECK(world.status("web") == "down");
  }
}

TEST_CASE("without the collector a gap begins after recordSeconds and three intervals") {
  KvOnly world;
  live(world, 5min);
  const int records = world.records();
  live(world, 1min);
  CHECK(world.records() == records + 1);

  world.advance(480s);
  for (const char* id : {"web", "db", "mail"}) world.beat(id);
  world.check();
  CHECK(world.alert_titles() == Titles{});
  CHECK(minutes_of(today(world, "web")).unknown == 0);

  world.advance(481s);
  for (const char* id : {"web", "db", "mail"}) world.beat(id);
  world.check();
  CHECK(world.alert_titles() == Titles{"The monitor was blind for 8 min 1 s"});
  CHECK(minutes_of(today(world, "web")).unknown == 7);
}

TEST_CASE("with the collector a gap begins after three intervals") {
  World world;
  live(world, 6min);

  world.advance(180s);
  for (const char* id : {"web", "db", "mail"}) world.beat(id);
  world.check();
  live(world, 5min);
  CHECK(world.alert_titles() == Titles{});
  CHECK(minutes_of(today(world, "web")).unknown == 0);

  world.advance(181s);
  for (const char* id : {"web", "db", "mail"}) world.beat(id);
  world.check();
  CHECK(world.alert_titles() == Titles{"The monitor was blind for 3 min 1 s"});
  CHECK(minutes_of(today(world, "web")).unknown == 2);
}

TEMPLATE_TEST_CASE("when everybody is silent it is said once, and coming back is said once", "", World,
                   KvOnly) {
  TestType world;
  live(world, 10min);
  world.check_every_minute_for(6min);
  CHECK(world.status("web") == "down");
  CHECK(world.status("mail") == "down");
  CHECK(world.alert_titles() == Titles{"Everybody is silent"});
  CHECK(world.json("/api/alerts/recent")["alerts"][0]["message"] ==
        "Nothing heard from any of 3 services since 2026-11-22 06:10:00 UTC: they, their network or this "
        "monitor's "
        "quota");

  live_without(world, "web", 1min);
  CHECK(world.status("db") == "up");
  CHECK(world.status("web") == "down");
  CHECK(world.alert_titles() == Titles{"Heartbeats arrive again", "Everybody is silent"});

  SECTION("who stays away is told when the grace is over") {
    live_without(world, "web", 4min);
    CHECK(world.alert_titles().size() == 2);
    live_without(world, "web", 1min);
    CHECK(world.alert_titles() == Titles{"web is down", "Heartbeats arrive again", "Everybody is silent"});
    live(world, 1min);
    CHECK(world.alert_titles().front() == "web is up");
  }
  SECTION("who comes back within the grace is not mentioned") {
    live(world, 10min);
    CHECK(world.status("web") == "up");
    CHECK(world.alert_titles().size() == 2);
  }
}

TEMPLATE_TEST_CASE("who was heard half of its threshold ago is not silent, who was heard before that is", "",
                   World, KvOnly) {
  for (const Millis earlier : {0ms, 1ms}) {
    INFO(earlier.count() << " ms earlier than half of the threshold");
    TestType world;
    world.check();
    world.advance(59s);
    for (const char* id : {"web", "db", "mail"}) world.beat(id);
    world.advance(1s);
    world.check();
    world.check_every_minute_for(2min);
    world.advance(30s - earlier);
    world.beat("db");
    world.advance(30s + earlier);
    world.check();
    world.check_every_minute_for(2min);
    const Titles singly{"mail is down", "web is down"};
    CHECK(world.alert_titles() == (earlier == 0ms ? singly : Titles{"Everybody is silent"}));
  }
}

TEMPLATE_TEST_CASE("two silent services are no common silence", "", World, KvOnly) {
  TestType world(
      R"({"services":[{"id":"web","auth":{"required":false}},{"id":"db","auth":{"required":false}}]})");
  world.check();
  world.beat("web");
  world.beat("db");
  world.check_every_minute_for(7min);
  CHECK(world.alert_titles() == Titles{"db is down", "web is down"});
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

TEMPLATE_TEST_CASE("a disabled service is not in the results, and is watched anew when it returns", "", World,
                   KvOnly) {
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

TEST_CASE("once heard, a service is not forgotten when its heartbeats are lost from the store") {
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

TEST_CASE("a last check in the future does not keep the monitor silent") {
  KvOnly world;
  live(world, 10min);
  std::string& data = world.stored(Key::data);
  const size_t scheduled = data.find("\"scheduled\":") + 12;
  data.replace(scheduled, 13, "9999999999999");
  live_without(world, "web", 10min);
  CHECK(world.status("web") == "down");
}

TEST_CASE("a check that cannot read the store judges nothing") {
  KvOnly world;
  live(world, 10min);
  const auto before = world.documents;
  world.reads_fail = true;
  world.check_every_minute_for(1h);
  CHECK(world.documents == before);
  CHECK(world.logs.back().text == "The check judged nothing: the store could not be read");
}

TEST_CASE("a check whose writes fail is judged again, with the same alerts") {
  KvOnly world;
  live(world, 11min);
  world.writes_fail = true;
  live_without(world, "web", 6min);
  world.writes_fail = false;
  world.beat("db");
  world.beat("mail");
  world.check_every_minute_for(1min);
  CHECK(world.status("web") == "down");
  world.check_every_minute_for(1min);
  CHECK(world.alert_titles() == Titles{"web is down"});
}

TEST_CASE("a document of a later version is left alone") {
  KvOnly world;
  world.stored(Key::data) = R"({"version":2,"summary":{},"uptime":{}})";
  world.check_every_minute_for(10min);
  CHECK(world.stored(Key::data) == R"({"version":2,"summary":{},"uptime":{}})");
}

TEST_CASE(
    "documents that are empty, torn or somebody else's never trap, and what can be read of them stays") {
  KvOnly sound;
  live(sound, 10min);
  const std::string data = sound.stored(Key::data);
  const std::string latest = sound.stored(Key::latest);
  for (size_t length = 0; length < data.size(); length += 7) {
    INFO("monitor:data cut at " << length);
    KvOnly world;
    world.now = sound.now + 60s;
    world.stored(Key::data) = data.substr(0, length);
    world.stored(Key::latest) = latest.substr(0, length % latest.size());
    world.check();
    world.beat("web");
    world.check_every_minute_for(5min);
    CHECK(world.status("web") == "up");
  }
  for (const char* text :
       {"", "null", "[]", "{}", "42", "\"x\"", "{\"uptime\":7}", "\xff\xfe", "{\"version\":1}"}) {
    INFO("monitor:data and the others are " << text);
    KvOnly world;
    for (const Key key : kKeys) world.stored(key) = text;
    world.check();
    world.beat("web");
    world.check_every_minute_for(1min);
    CHECK(world.status("web") == "up");
  }
}

TEST_CASE("a verbose history of another monitor is taken over at the first record") {
  KvOnly world;
  world.stored(Key::data) =
      R"({"summary":{"results":[]},"uptime":{"web":{"days":{"2026-11-20":{"totalChecks":288,"upChecks":280,
          "downChecks":8,"degradedChecks":0,"unknownChecks":0}}}}})";
  world.check();
  const Json days = world.json("/api/uptime?serviceId=web&days=3")["days"];
  CHECK(minutes_of(days[0]) == Minutes{.up = 280, .down = 8});
  CHECK(days[0]["uptimePercentage"] == 97.22);
}

}  // namespace hb::check_test
