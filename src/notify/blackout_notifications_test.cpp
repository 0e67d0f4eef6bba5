#include "catch.hpp"
#include "notify/announcements_test.hpp"

namespace hb::blackout_notifications_test {

TEST_CASE("a blackout is one notice, and one at its end") {
  Play play(config_for({"a", "b", "c"}, {"slack", "pagerduty"}));
  play.play_all("u......");
  CHECK(play.notifications() ==
        Lines{"06:07 pagerduty notice Everybody is silent", "06:07 slack notice Everybody is silent"});
  CHECK(play.last().text ==
        "Nothing heard from any of 3 services since 2026-11-22 06:01:00 UTC: they, their network or this "
        "monitor's quota");
  const std::string key = play.last().dedup_key;
  play.play_all("..");
  CHECK(play.notifications() == Lines{});

  SECTION(
      "recoveries inside it are silent, and a service that stays away is announced when the grace period is "
      "over") {
    play.now += 60s;
    play.hear('u', 0);
    play.hear('u', 1);
    play.check();
    CHECK(play.notifications() == Lines{"06:10 pagerduty notice Heartbeats arrive again",
                                        "06:10 slack notice Heartbeats arrive again"});
    CHECK(play.last().dedup_key == key);
    CHECK(is_recovery(play.last()));
    CHECK(play.state.notified.empty());
    for (int i = 0; i < 6; ++i) {
      play.now += 60s;
      play.hear('u', 0);
      play.hear('u', 1);
      play.check();
    }
    CHECK(play.notifications() == Lines{"06:15 slack down", "06:15 pagerduty down"});
    CHECK(play.last().service_id == "c");
  }
  SECTION("it is resolved when notifications are switched off, and announced when they return") {
    play.config.notifications.enabled = false;
    play.play_all("..");
    CHECK(play.notifications() == Lines{"06:10 pagerduty notice No more about the silence of everybody",
                                        "06:10 slack notice No more about the silence of everybody"});
    play.config.notifications.enabled = true;
    play.play_all(".");
    CHECK(play.notifications().size() == 2);
  }
}

TEST_CASE(
    "a problem for missing heartbeats that is pending is not announced in a blackout, nor in the grace after "
    "that") {
  Config config = config_for({"a", "b", "c", "d"}, {"slack"});
  for (Service& service : config.services) service.staleness_threshold = 180s;
  config.services[0].staleness_threshold = 120s;
  config.services[0].failure_threshold = 5;
  Play play(std::move(config));
  const auto play_others = [&](const std::string& letters) {
    for (const char letter : letters) {
      play.now += 60s;
      for (const size_t service : {1, 2, 3}) play.hear(letter, service);
      play.check();
    }
  };
  play.play_all("u");
  play_others("uu.");
  CHECK(play.state.services[0].status == Status::down);
  play_others(".....");
  CHECK(play.notifications() == Lines{"06:06 slack notice Everybody is silent"});
  play_others("uu");
  CHECK(play.notifications() == Lines{"06:10 slack notice Heartbeats arrive again"});
  play_others("u");
  CHECK(play.notifications() == Lines{"06:12 slack down"});
}

TEST_CASE("a monitoring gap is not announced") {
  Play play(one_service());
  play.play("uuu");
  play.now += 20min;
  play.play("uu");
  CHECK(play.notifications() == Lines{});
}

}  // namespace hb::blackout_notifications_test
