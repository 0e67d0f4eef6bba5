#include "catch.hpp"
#include "notify/announcements_test.hpp"

namespace hb::announcements_cooldown_test {

TEST_CASE("a cooldown delays until exactly its end, and nothing is dropped") {
  Play play(with_cooldown(5));
  play.play("ud");
  CHECK(play.notifications() == Lines{"06:02 slack down"});

  SECTION("an improvement does not wait, and begins a cooldown too") {
    play.play("ud" + repeated('d', 4));
    CHECK(play.notifications() == Lines{"06:03 slack up", "06:08 slack down"});
    CHECK(play.last().text == "It reported down");
    CHECK(play.last().since == *parse_iso("2026-11-22T06:04:00.000Z"));
  }
  SECTION("what was over before is listed") {
    play.play("uduguu");
    CHECK(play.notifications() == Lines{"06:03 slack up", "06:08 slack up"});
    CHECK(play.last().title == "db was down");
    CHECK(play.last().text == "It was down 06:04–06:05, degraded 06:06–06:07");
  }
  SECTION("what was over before is listed with what is") {
    play.play("ududdd");
    CHECK(play.notifications() == Lines{"06:03 slack up", "06:08 slack down"});
    CHECK(play.last().text == "It reported down. Before that it was down 06:04–06:05");
  }
  SECTION("degraded that becomes down waits, and its end does not") {
    play.play("ugddg");
    play.notifications();
    CHECK(play.state.services[0].status == Status::degraded);
    play.play("g");
    CHECK(play.notifications() == Lines{"06:08 slack degraded"});
    CHECK(play.last().text ==
          "It reported degraded. Before that it was degraded 06:04–06:05, down 06:05–06:07");
    play.play("dg");
    CHECK(play.notifications() == Lines{});
    play.play("u");
    CHECK(play.notifications() == Lines{"06:11 slack up"});
    CHECK(play.last().text == "It was degraded or down for 4 min, since 06:07; in between down 06:09–06:10");
  }
}

TEST_CASE("only the last ten that were missed are listed, then a count") {
  Play play(with_cooldown(60));
  play.play("udu");
  for (int i = 0; i < 13; ++i) play.play(i < 1 ? "du" : "gu");
  play.notifications();
  play.play(repeated('u', 40));
  REQUIRE(play.notifications() == Lines{"07:03 slack up"});
  CHECK(play.last().title == "db was down");
  CHECK(play.last().text.find("degraded 06:10–06:11, ") != std::string::npos);
  CHECK(play.last().text.find("06:08") == std::string::npos);
  CHECK(play.last().text.rfind(" and 3 more before") != std::string::npos);
  play.play(repeated('u', 60));
  CHECK(play.state.services[0].notified.empty());
}

TEST_CASE("what did not last is no missed problem") {
  Config config = with_cooldown(10);
  config.services[0].failure_threshold = 2;
  Play play(std::move(config));
  play.play("uddu");
  CHECK(play.notifications() == Lines{"06:03 slack down", "06:04 slack up"});
  SECTION("a check too short") {
    play.play("du" + repeated('u', 20));
    CHECK(play.notifications() == Lines{});
  }
  SECTION("just long enough") {
    play.play("ddu" + repeated('u', 20));
    CHECK(play.notifications() == Lines{"06:14 slack up"});
    CHECK(play.last().text == "It was down 06:05–06:07");
  }
  SECTION("just long enough, behind a minute in which it was degraded") {
    play.play("gddu" + repeated('u', 20));
    CHECK(play.last().text == "It was down 06:06–06:08");
  }
}

TEST_CASE("a problem that lasts is repeated every repeatAlertMinutes") {
  Config config = one_service();
  config.services[0].repeat_alert_minutes = 3;
  Play play(std::move(config));
  play.play("udddddddu" + repeated('u', 5));
  CHECK(play.notifications() ==
        Lines{"06:02 slack down", "06:05 slack reminder", "06:08 slack reminder", "06:09 slack up"});
  CHECK(play.notified[1].message.title == "db is still down");
  CHECK(play.notified[1].message.duration == 3min);
  CHECK(play.notified[1].message.dedup_key == play.notified[0].message.dedup_key);
}

TEST_CASE("reminders do not keep a worsening from being announced") {
  Config config = with_cooldown(5);
  config.services[0].repeat_alert_minutes = 1;
  Play play(std::move(config));
  play.play("uggdddddd");
  CHECK(play.notifications() ==
        Lines{"06:02 slack degraded", "06:03 slack reminder", "06:08 slack down", "06:09 slack reminder"});
}

}  // namespace hb::announcements_cooldown_test
