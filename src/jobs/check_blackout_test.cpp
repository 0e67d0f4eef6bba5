#include "jobs/check_test.hpp"

namespace hb::check_blackout_test {

TEMPLATE_TEST_CASE(
    "a time without checks is a monitoring gap: unknown in uptime, announced once, and no service goes down "
    "by it",
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

TEST_CASE("without the collector a monitoring gap begins after recordSeconds and three intervals") {
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

TEST_CASE("with the collector a monitoring gap begins after three intervals") {
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

TEMPLATE_TEST_CASE("a blackout is announced once, and so is its end", "", World, KvOnly) {
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

  SECTION("a service that stays away is announced when the grace period is over") {
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

TEMPLATE_TEST_CASE("a service seen half of its threshold ago is not in the blackout, one seen before that is",
                   "", World, KvOnly) {
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

TEMPLATE_TEST_CASE("two services without heartbeats are no blackout", "", World, KvOnly) {
  TestType world(
      R"({"services":[{"id":"web","auth":{"required":false}},{"id":"db","auth":{"required":false}}]})");
  world.check();
  world.beat("web");
  world.beat("db");
  world.check_every_minute_for(7min);
  CHECK(world.alert_titles() == Titles{"db is down", "web is down"});
}

TEMPLATE_TEST_CASE("a service with a daily job neither rules a blackout out nor makes one", "", World,
                   KvOnly) {
  static const std::string kDaily = R"({"id":"job","stalenessThreshold":90000,"auth":{"required":false}})";
  for (const int others : {2, 3, 10}) {
    INFO(others << " services beside it");
    std::string services = kDaily;
    for (int i = 0; i < others; ++i)
      services += R"(,{"id":"s)" + std::to_string(i) + R"(","auth":{"required":false}})";
    TestType world(R"({"services":[)" + services + "]}");
    world.check();
    world.beat("job");
    for (int i = 0; i < others; ++i) world.beat("s" + std::to_string(i));
    world.check_every_minute_for(7min);
    if (others == 2) CHECK(world.alert_titles() == Titles{"s0 is down", "s1 is down"});
    if (others > 2) CHECK(world.alert_titles() == Titles{"Everybody is silent"});
  }
}

}  // namespace hb::check_blackout_test
