#include "catch.hpp"
#include "notify/announcements_test.hpp"

namespace hb::announcements_audience_test {

TEST_CASE("each channel is notified of what it takes, and PagerDuty of the end whatever it takes") {
  Config config = config_for({"db"}, {"slack", "discord", "telegram", "pagerduty"});
  config.notifications.channels[1].events = {.down = true, .up = true, .degraded = false};
  config.notifications.channels[2].events = {.down = false, .up = true, .degraded = true};
  config.notifications.channels[3].events = {.down = true, .up = false, .degraded = false};
  Play play(std::move(config));
  play.play("ud");
  CHECK(play.notifications() == Lines{"06:02 slack down", "06:02 discord down", "06:02 pagerduty down"});
  play.play("g");
  CHECK(play.notifications() == Lines{"06:03 slack degraded"});
  play.play("d");
  CHECK(play.notifications() == Lines{"06:04 slack down"});
  play.play("u");
  CHECK(play.notifications() == Lines{"06:05 slack up", "06:05 discord up", "06:05 pagerduty up"});
  play.play("gu");
  CHECK(play.notifications() ==
        Lines{"06:06 slack degraded", "06:06 telegram degraded", "06:07 slack up", "06:07 telegram up"});
  play.config.services[0].notifications.events = Events{.down = true, .up = false, .degraded = false};
  play.play("gdu");
  CHECK(play.notifications() == Lines{"06:09 slack down", "06:09 discord down", "06:09 telegram down",
                                      "06:09 pagerduty down", "06:10 pagerduty up"});
}

TEST_CASE("a channel that was not notified of an improvement is not notified of the same problem again") {
  Config config = config_for({"db"}, {"slack"});
  config.notifications.cooldown_minutes = 5;
  config.notifications.channels[0].events = {.down = true, .up = true, .degraded = false};
  Play play(std::move(config));
  play.play("udgdu");
  CHECK(play.notifications() == Lines{"06:02 slack down", "06:05 slack up"});
  CHECK(play.last().text == "It was degraded or down for 3 min, since 06:02");
}

TEST_CASE(
    "a channel that is added, or there again, while a problem lasts is the only one that is notified of it") {
  Config config = config_for({"db"}, {"slack", "discord"});
  config.notifications.channels[1].enabled = false;
  Play play(std::move(config));
  play.play("udd");
  CHECK(play.notifications() == Lines{"06:02 slack down"});
  play.config.notifications.channels[1].enabled = true;
  play.play("dd");
  CHECK(play.notifications() == Lines{"06:04 discord down"});
  CHECK(play.last().dedup_key == play.notified.front().message.dedup_key);
  play.play("u");
  CHECK(play.notifications() == Lines{"06:06 slack up", "06:06 discord up"});
}

TEST_CASE("missed problems go to those who take the worst of them, to PagerDuty only if it is still bad") {
  Config config = config_for({"db"}, {"slack", "discord", "pagerduty"});
  config.notifications.cooldown_minutes = 5;
  config.notifications.channels[1].events = {.down = false, .up = true, .degraded = true};
  Play play(std::move(config));
  play.play("udu");
  play.notifications();
  SECTION("it is over") {
    play.play("duuuu");
    CHECK(play.notifications() == Lines{"06:08 slack up"});
  }
  SECTION("it is bad") {
    play.play("dugggu");
    CHECK(play.notifications() == Lines{"06:08 slack degraded", "06:08 discord degraded",
                                        "06:08 pagerduty degraded", "06:09 slack up", "06:09 discord up",
                                        "06:09 pagerduty up"});
  }
}

TEST_CASE("a service's channels are named by type or name, in any case; disabled ones are none") {
  Config config = config_for({"db"}, {"slack", "discord", "telegram"});
  config.notifications.channels.push_back({.type = "slack", .name = "Ops Room"});
  config.services[0].notifications.channels = std::vector<std::string>{"ops room", "Discord"};
  Play play(std::move(config));
  play.play("ud");
  CHECK(play.notifications() == Lines{"06:02 discord down", "06:02 Ops Room down"});
  play.config.notifications.channels[1].enabled = false;
  play.play("u");
  CHECK(play.notifications() == Lines{"06:03 discord closing", "06:03 Ops Room up"});
}

TEST_CASE("a service that was never seen for 24 h is announced once, and not to PagerDuty") {
  Play play(config_for({"db"}, {"slack", "pagerduty"}));
  play.play(repeated('.', 24 * 60));
  CHECK(play.notifications() == Lines{});
  play.play(".");
  CHECK(play.notifications() == Lines{"06:01 slack notice db was never heard"});
  CHECK(play.last().severity == "info");
  CHECK(play.last().text == "No heartbeat has come since it is watched, for 1 d");
  play.play(repeated('.', 60) + "u" + repeated('u', 3));
  CHECK(play.notifications() == Lines{});
  CHECK(play.state.services[0].notified.empty());
}

TEST_CASE("a problem that is not followed any more is resolved once, on the channels that were notified") {
  Config config = config_for({"db", "web"}, {"slack", "discord", "pagerduty"});
  config.services[0].notifications.channels = std::vector<std::string>{"slack", "pagerduty"};
  Play play(std::move(config));
  play.play("ud");
  const std::string key = play.last().dedup_key;
  play.notifications();

  std::string reason;
  SECTION("disabled") {
    play.config.services[0].enabled = false;
    reason = "It is disabled";
  }
  SECTION("removed") {
    play.config.services[0].id = "other";
    play.config.by_id.erase("db");
    play.last_heartbeats[0] = {};
    reason = "It is not in the configuration any more";
  }
  SECTION("muted") {
    play.config.services[0].notifications.enabled = false;
    reason = "Its notifications are switched off";
  }
  SECTION("all muted") {
    play.config.notifications.enabled = false;
    reason = "Notifications are switched off";
  }
  SECTION("its channels are others") {
    play.config.services[0].notifications.channels = std::vector<std::string>{"discord"};
    play.config.services[0].notifications.events = Events{.down = false, .up = true, .degraded = true};
    reason = "This channel is told no more about db";
  }
  play.play("....");
  CHECK(play.notifications() == Lines{"06:03 pagerduty closing", "06:03 slack closing"});
  CHECK(play.last().dedup_key == key);
  CHECK(play.last().text == reason + "; it was down for 1 min, since 06:02");
  CHECK(is_recovery(play.last()));
  for (const auto& [id, row] : play.state.inactive) CHECK(row.notified.empty());
  CHECK(play.state.services[0].notified.empty());
}

TEST_CASE("a channel that is removed is to hear of the end when it is back, and the others go on") {
  Play play(config_for({"db"}, {"slack", "discord"}));
  play.play("ud");
  play.notifications();
  play.config.notifications.channels.pop_back();
  play.play("ddu");
  CHECK(play.notifications() == Lines{"06:03 discord closing", "06:05 slack up"});
}

TEST_CASE(
    "nothing is announced of what happened while notifications were disabled, but what is still bad is") {
  Play play(one_service());
  play.play("u");
  play.config.notifications.enabled = false;
  play.play("dud");
  CHECK(play.state.services[0].notified.empty());
  SECTION("it is over") {
    play.play("u");
    play.config.notifications.enabled = true;
    play.play("uuu");
    CHECK(play.notifications() == Lines{});
  }
  SECTION("it is still down") {
    play.config.notifications.enabled = true;
    play.play("ddu");
    CHECK(play.notifications() == Lines{"06:05 slack down", "06:07 slack up"});
  }
}

}  // namespace hb::announcements_audience_test
