#include "jobs/check_test.hpp"

namespace hb::check_records_test {

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

TEMPLATE_TEST_CASE("the last 24 hours of a group do not begin anew at midnight, and forget what is older", "",
                   World, KvOnly) {
  TestType world;
  const auto counted = [&] {
    const Json summary = *parse_json(read_monitor_document(world.stored(Key::data)).summary);
    return summary["lastDay"]["prod"];
  };
  world.now = at("2026-11-21T23:39:00.000Z");
  live(world, 5min);
  live_without(world, "web", 10min);  // down from 23:50 on
  live(world, 7min);                  // up from 23:55 to the last record at 00:00
  CHECK(counted() == Json::array({2 * 5, 3 * 21}));
  world.advance(24h - 2min);
  live(world, 1min);
  CHECK(counted()[0] == 0);
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

}  // namespace hb::check_records_test
