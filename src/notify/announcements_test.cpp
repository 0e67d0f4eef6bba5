#include "notify/announcements_test.hpp"

#include "catch.hpp"

namespace hb::announcements_test {
namespace {

using Lines = std::vector<std::string>;

// One service on one channel.
Config one_service() {
  return config_for({"db"}, {"slack"});
}

Config with_cooldown(int minutes) {
  Config config = one_service();
  config.notifications.cooldown_minutes = minutes;
  return config;
}

std::string repeated(char letter, size_t times) {
  return std::string(times, letter);
}

}  // namespace

TEST_CASE("a trouble and its end are told at once, with what there is to know") {
  Config config = one_service();
  config.groups.push_back({.id = "prod", .name = "Production"});
  config.services[0].name = "Database";
  config.services[0].group = 0;
  Play play(std::move(config));
  play.play("u......");
  CHECK(play.news() == Lines{"06:07 slack down"});
  const Time seen = *parse_iso("2026-11-22T06:01:00.000Z");
  const Time down = *parse_iso("2026-11-22T06:07:00.000Z");
  const std::string key = "db:" + std::to_string(to_ms(down));
  Message message{.kind = MessageKind::down,
                  .text = "No heartbeat for 6 min, limit 5 min; last one at 06:01:00",
                  .status = "down",
                  .timestamp = down,
                  .service_id = "db",
                  .service_name = "Database",
                  .group_name = "Production",
                  .previous = "up",
                  .since = down,
                  .last_seen = seen,
                  .dedup_key = key};
  CHECK(play.last() == message);

  play.play("..u");
  CHECK(play.news() == Lines{"06:10 slack up"});
  message.kind = MessageKind::up;
  message.text = "It was down for 3 min, since 06:07";
  message.status = "up";
  message.timestamp = play.now;
  message.previous = "down";
  message.since = play.now;
  message.last_seen = play.now;
  message.duration = 3min;
  CHECK(play.last() == message);
  CHECK(play.state.services[0].notified.empty());
}

TEST_CASE("what a heartbeat said is told, where that is wanted") {
  Play play(one_service());
  play.words = "disk 91 %";
  play.play("ug");
  CHECK(play.last().text == "It reported degraded: disk 91 %");
  CHECK(play.last().heartbeat_message == "disk 91 %");
  play.config.notifications.include_metadata = false;
  play.play("ud");
  CHECK(play.last().text == "It reported down");
}

TEST_CASE("times in texts are those of the configured zone, with the day when it is another") {
  const Config config = one_service();
  const Time now = *parse_iso("2026-11-22T23:30:00.000Z");
  ServiceState before{
      .status = Status::up, .since = now - 2h, .seen = now - 40min, .watched_since = now - 9h};
  const CheckState state{.services = {before}};
  const std::vector<Heard> heard{{.seen = now - 40min}};
  const Moment moment{.scheduled = now, .now = now, .utc_offset = 60min};
  Verdict verdict = judge(config, state, heard, moment);
  const auto told = announce(config, state, heard, moment, {}, verdict);
  CHECK(told.at(0).message.text == "No heartbeat for 40 min, limit 5 min; last one at 2026-11-22 23:50:00");
}

TEST_CASE("becoming known is silent, but a first report of a trouble is not") {
  Play play(one_service());
  play.play("..uu");
  CHECK(play.news() == Lines{});
  CHECK(play.state.services[0].notified.empty());

  Play other(one_service());
  other.play(".d");
  CHECK(other.news() == Lines{"06:02 slack down"});
  CHECK(other.last().previous == "unknown");
}

TEST_CASE("a trouble is told once it has lasted failureThreshold - 1 intervals") {
  Config config = one_service();
  config.services[0].failure_threshold = 3;
  Play play(std::move(config));
  play.play("udduu");
  CHECK(play.news() == Lines{});
  CHECK(play.state.services[0].notified.empty());
  play.play("ddd");
  CHECK(play.news() == Lines{"06:08 slack down"});
  CHECK(play.last().since == *parse_iso("2026-11-22T06:06:00.000Z"));
  play.play("u");
  CHECK(play.news() == Lines{"06:09 slack up"});
  CHECK(play.last().duration == 3min);

  SECTION("what is worse has to last for itself") {
    play.play("ggddd");
    CHECK(play.news() == Lines{"06:14 slack down"});
    CHECK(play.last().dedup_key == "db:" + std::to_string(to_ms(play.now - 4min)));
  }
  SECTION("degraded counts from the beginning of the trouble, whatever it was meanwhile") {
    play.play("dgdg");
    CHECK(play.news() == Lines{"06:13 slack degraded"});
  }
}

TEST_CASE("degraded and down are told as they follow each other, with one key") {
  Play play(one_service());
  play.play("ugdgu");
  CHECK(play.news() ==
        Lines{"06:02 slack degraded", "06:03 slack down", "06:04 slack degraded", "06:05 slack up"});
  for (const Announcement& one : play.told) CHECK(one.message.dedup_key == play.last().dedup_key);
  CHECK(play.last().text == "It was degraded or down for 3 min, since 06:02");
}

TEST_CASE("a cooldown delays until exactly its end, and nothing is dropped") {
  Play play(with_cooldown(5));
  play.play("ud");
  CHECK(play.news() == Lines{"06:02 slack down"});

  SECTION("an improvement does not wait, and begins a cooldown too") {
    play.play("ud" + repeated('d', 4));
    CHECK(play.news() == Lines{"06:03 slack up", "06:08 slack down"});
    CHECK(play.last().text == "It reported down");
    CHECK(play.last().since == *parse_iso("2026-11-22T06:04:00.000Z"));
  }
  SECTION("what was over before is listed") {
    play.play("uduguu");
    CHECK(play.news() == Lines{"06:03 slack up", "06:08 slack up"});
    CHECK(play.last().title == "db was down");
    CHECK(play.last().text == "It was down 06:04–06:05, degraded 06:06–06:07");
  }
  SECTION("what was over before is listed with what is") {
    play.play("ududdd");
    CHECK(play.news() == Lines{"06:03 slack up", "06:08 slack down"});
    CHECK(play.last().text == "It reported down. Before that it was down 06:04–06:05");
  }
  SECTION("degraded that becomes down waits, and its end does not") {
    play.play("ugddg");
    play.news();
    CHECK(play.state.services[0].status == Status::degraded);
    play.play("g");
    CHECK(play.news() == Lines{"06:08 slack degraded"});
    CHECK(play.last().text ==
          "It reported degraded. Before that it was degraded 06:04–06:05, down 06:05–06:07");
    play.play("dg");
    CHECK(play.news() == Lines{});
    play.play("u");
    CHECK(play.news() == Lines{"06:11 slack up"});
    CHECK(play.last().text == "It was degraded or down for 4 min, since 06:07; in between down 06:09–06:10");
  }
}

TEST_CASE("only the last ten that were missed are listed, then a count") {
  Play play(with_cooldown(60));
  play.play("udu");
  for (int i = 0; i < 13; ++i) play.play(i < 1 ? "du" : "gu");
  play.news();
  play.play(repeated('u', 40));
  REQUIRE(play.news() == Lines{"07:03 slack up"});
  CHECK(play.last().title == "db was down");
  CHECK(play.last().text.find("degraded 06:10–06:11, ") != std::string::npos);
  CHECK(play.last().text.find("06:08") == std::string::npos);
  CHECK(play.last().text.rfind(" and 3 more before") != std::string::npos);
  play.play(repeated('u', 60));
  CHECK(play.state.services[0].notified.empty());
}

TEST_CASE("what did not last is no missed trouble") {
  Config config = with_cooldown(10);
  config.services[0].failure_threshold = 2;
  Play play(std::move(config));
  play.play("uddu");
  CHECK(play.news() == Lines{"06:03 slack down", "06:04 slack up"});
  SECTION("a check too short") {
    play.play("du" + repeated('u', 20));
    CHECK(play.news() == Lines{});
  }
  SECTION("just long enough") {
    play.play("ddu" + repeated('u', 20));
    CHECK(play.news() == Lines{"06:14 slack up"});
    CHECK(play.last().text == "It was down 06:05–06:07");
  }
}

TEST_CASE("a trouble that lasts is repeated every repeatAlertMinutes") {
  Config config = one_service();
  config.services[0].repeat_alert_minutes = 3;
  Play play(std::move(config));
  play.play("udddddddu" + repeated('u', 5));
  CHECK(play.news() ==
        Lines{"06:02 slack down", "06:05 slack reminder", "06:08 slack reminder", "06:09 slack up"});
  CHECK(play.told[1].message.title == "db is still down");
  CHECK(play.told[1].message.duration == 3min);
  CHECK(play.told[1].message.dedup_key == play.told[0].message.dedup_key);
}

TEST_CASE("reminders do not keep a worsening from being told") {
  Config config = with_cooldown(5);
  config.services[0].repeat_alert_minutes = 1;
  Play play(std::move(config));
  play.play("uggdddddd");
  CHECK(play.news() ==
        Lines{"06:02 slack degraded", "06:03 slack reminder", "06:08 slack down", "06:09 slack reminder"});
}

TEST_CASE("a failure that was over before a check saw it is one message") {
  Play play(with_cooldown(5));
  play.config.notifications.channels.push_back({.type = "pagerduty", .name = "pagerduty"});
  play.play("uu");
  play.words = "restarting";
  const auto fail_for_20s = [&] {
    play.now += 10s;
    play.hear('d');
    play.now += 20s;
    play.hear('u');
    play.now += 30s;
    play.check();
  };
  fail_for_20s();
  CHECK(play.news() == Lines{"06:03 slack up"});
  CHECK(play.last().title == "db was down");
  CHECK(play.last().text == "It was down 06:02:10–06:02:30: restarting");
  CHECK(play.last().duration == 20s);

  fail_for_20s();
  CHECK(play.news() == Lines{});
  play.play("uuuu");
  CHECK(play.news() == Lines{"06:08 slack up"});
  CHECK(play.last().text == "It was down 06:03:10–06:03:30: restarting");
}

TEST_CASE("a failure between two checks that was shorter than failureThreshold is none") {
  for (const auto& [length, told] : {std::pair{59s, Lines{}}, std::pair{60s, Lines{"06:04 slack up"}}}) {
    Config config = one_service();
    config.services[0].failure_threshold = 2;
    Play play(std::move(config));
    play.play("uu");
    play.now += 10s;
    play.hear('d');
    play.now += length;
    play.hear('u');
    play.now += 110s - length;
    play.check();
    CHECK(play.news() == told);
    play.play("uuu");
    CHECK(play.news() == Lines{});
  }
}

TEST_CASE("each channel hears what it takes, and PagerDuty the end whatever it takes") {
  Config config = config_for({"db"}, {"slack", "discord", "telegram", "pagerduty"});
  config.notifications.channels[1].events = {.down = true, .up = true, .degraded = false};
  config.notifications.channels[2].events = {.down = false, .up = true, .degraded = true};
  config.notifications.channels[3].events = {.down = true, .up = false, .degraded = false};
  Play play(std::move(config));
  play.play("ud");
  CHECK(play.news() == Lines{"06:02 slack down", "06:02 discord down", "06:02 pagerduty down"});
  play.play("g");
  CHECK(play.news() == Lines{"06:03 slack degraded"});
  play.play("d");
  CHECK(play.news() == Lines{"06:04 slack down"});
  play.play("u");
  CHECK(play.news() == Lines{"06:05 slack up", "06:05 discord up", "06:05 pagerduty up"});
  play.play("gu");
  CHECK(play.news() ==
        Lines{"06:06 slack degraded", "06:06 telegram degraded", "06:07 slack up", "06:07 telegram up"});
  play.config.services[0].notifications.events = Events{.down = true, .up = false, .degraded = false};
  play.play("gdu");
  CHECK(play.news() == Lines{"06:09 slack down", "06:09 discord down", "06:09 telegram down",
                             "06:09 pagerduty down", "06:10 pagerduty up"});
}

TEST_CASE("who was not told that it got better is not told again that it is bad") {
  Config config = config_for({"db"}, {"slack"});
  config.notifications.cooldown_minutes = 5;
  config.notifications.channels[0].events = {.down = true, .up = true, .degraded = false};
  Play play(std::move(config));
  play.play("udgdu");
  CHECK(play.news() == Lines{"06:02 slack down", "06:05 slack up"});
  CHECK(play.last().text == "It was degraded or down for 3 min, since 06:02");
}

TEST_CASE("missed troubles go to those who take the worst of them, to PagerDuty only if it is still bad") {
  Config config = config_for({"db"}, {"slack", "discord", "pagerduty"});
  config.notifications.cooldown_minutes = 5;
  config.notifications.channels[1].events = {.down = false, .up = true, .degraded = true};
  Play play(std::move(config));
  play.play("udu");
  play.news();
  SECTION("it is over") {
    play.play("duuuu");
    CHECK(play.news() == Lines{"06:08 slack up"});
  }
  SECTION("it is bad") {
    play.play("dugggu");
    CHECK(play.news() == Lines{"06:08 slack degraded", "06:08 discord degraded", "06:08 pagerduty degraded",
                               "06:09 slack up", "06:09 discord up", "06:09 pagerduty up"});
  }
}

TEST_CASE("a service's channels are named by type or name, in any case; disabled ones are none") {
  Config config = config_for({"db"}, {"slack", "discord", "telegram"});
  config.notifications.channels.push_back({.type = "slack", .name = "Ops Room"});
  config.services[0].notifications.channels = std::vector<std::string>{"ops room", "Discord"};
  Play play(std::move(config));
  play.play("ud");
  CHECK(play.news() == Lines{"06:02 discord down", "06:02 Ops Room down"});
  play.config.notifications.channels[1].enabled = false;
  play.play("u");
  CHECK(play.news() == Lines{"06:03 Ops Room up"});
}

TEST_CASE("a service that was never heard for 24 h is told once, and not to PagerDuty") {
  Play play(config_for({"db"}, {"slack", "pagerduty"}));
  play.play(repeated('.', 24 * 60));
  CHECK(play.news() == Lines{});
  play.play(".");
  CHECK(play.news() == Lines{"06:01 slack notice db was never heard"});
  CHECK(play.last().severity == "info");
  CHECK(play.last().text == "No heartbeat has come since it is watched, for 1 d");
  play.play(repeated('.', 60) + "u" + repeated('u', 3));
  CHECK(play.news() == Lines{});
  CHECK(play.state.services[0].notified.empty());
}

TEST_CASE("a paused service is not announced, whatever it is") {
  Play play(one_service());
  play.play("ud");
  play.news();
  const auto pause = [&](Millis duration) {
    play.state.services[0].paused_until = play.now + duration + 1s;
    play.stored = write_state(play.config, play.state);
  };
  pause(3min);
  play.play("ddu");
  CHECK(play.news() == Lines{});
  play.play("u");
  CHECK(play.news() == Lines{"06:06 slack up"});
  pause(3min);
  play.play("dddd");
  CHECK(play.news() == Lines{"06:10 slack down"});
}

TEST_CASE("a trouble that is not followed any more is closed once, for those who know of it") {
  Config config = config_for({"db", "web"}, {"slack", "discord", "pagerduty"});
  config.services[0].notifications.channels = std::vector<std::string>{"slack", "pagerduty"};
  Play play(std::move(config));
  play.play("ud");
  const std::string key = play.last().dedup_key;
  play.news();

  std::string reason;
  SECTION("disabled") {
    play.config.services[0].enabled = false;
    reason = "It is disabled";
  }
  SECTION("removed") {
    play.config.services[0].id = "other";
    play.config.by_id.erase("db");
    play.heard[0] = {};
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
  CHECK(play.news() == Lines{"06:03 pagerduty closing", "06:03 slack closing"});
  CHECK(play.last().dedup_key == key);
  CHECK(play.last().text == reason + "; it was down for 1 min, since 06:02");
  CHECK(is_recovery(play.last()));
  CHECK(play.state.away.find("notified") == std::string::npos);
  CHECK(play.state.services[0].notified.empty());
}

TEST_CASE("a channel that is removed hears nothing, and the others go on") {
  Play play(config_for({"db"}, {"slack", "discord"}));
  play.play("ud");
  play.news();
  play.config.notifications.channels.pop_back();
  play.play("ddu");
  CHECK(play.news() == Lines{"06:05 slack up"});
}

TEST_CASE("nothing is told of what happened while notifications were disabled, but what is still bad is") {
  Play play(one_service());
  play.play("u");
  play.config.notifications.enabled = false;
  play.play("dud");
  CHECK(play.state.services[0].notified.empty());
  SECTION("it is over") {
    play.play("u");
    play.config.notifications.enabled = true;
    play.play("uuu");
    CHECK(play.news() == Lines{});
  }
  SECTION("it is still down") {
    play.config.notifications.enabled = true;
    play.play("ddu");
    CHECK(play.news() == Lines{"06:05 slack down", "06:07 slack up"});
  }
}

TEST_CASE("a silence of everybody is one notice, and one at its end") {
  Play play(config_for({"a", "b", "c"}, {"slack", "pagerduty"}));
  play.play_all("u......");
  CHECK(play.news() ==
        Lines{"06:07 pagerduty notice Everybody is silent", "06:07 slack notice Everybody is silent"});
  CHECK(play.last().text ==
        "Nothing heard from any of 3 services since 2026-11-22 06:01:00 UTC: they, their network or this "
        "monitor's quota");
  const std::string key = play.last().dedup_key;
  play.play_all("..");
  CHECK(play.news() == Lines{});

  SECTION("recoveries inside it are silent, and who stays away is told when the grace is over") {
    play.now += 60s;
    play.hear('u', 0);
    play.hear('u', 1);
    play.check();
    CHECK(play.news() == Lines{"06:10 pagerduty notice Heartbeats arrive again",
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
    CHECK(play.news() == Lines{"06:15 slack down", "06:15 pagerduty down"});
    CHECK(play.last().service_id == "c");
  }
  SECTION("it is closed when notifications are switched off, and told when they return") {
    play.config.notifications.enabled = false;
    play.play_all("..");
    CHECK(play.news() == Lines{"06:10 pagerduty notice No more about the silence of everybody",
                               "06:10 slack notice No more about the silence of everybody"});
    play.config.notifications.enabled = true;
    play.play_all(".");
    CHECK(play.news().size() == 2);
  }
}

TEST_CASE(
    "a trouble by silence that waits is not told while everybody is silent, nor in the grace after that") {
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
  CHECK(play.news() == Lines{"06:06 slack notice Everybody is silent"});
  play_others("uu");
  CHECK(play.news() == Lines{"06:10 slack notice Heartbeats arrive again"});
  play_others("u");
  CHECK(play.news() == Lines{"06:12 slack down"});
}

TEST_CASE("a gap is not told") {
  Play play(one_service());
  play.play("uuu");
  play.now += 20min;
  play.play("uu");
  CHECK(play.news() == Lines{});
}

TEST_CASE("the same check judged twice says the same") {
  Play play(with_cooldown(5));
  play.play("ud");
  const std::string stored = play.stored;
  play.play("u");
  const Message first = play.last();
  play.stored = stored;
  play.check();
  CHECK(play.last() == first);
}

}  // namespace hb::announcements_test
