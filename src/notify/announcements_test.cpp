#include "notify/announcements_test.hpp"

#include "catch.hpp"

namespace hb::announcements_test {

TEST_CASE("a problem and its end are announced at once, with what there is to know") {
  Config config = one_service();
  config.groups.push_back({.id = "prod", .name = "Production"});
  config.services[0].name = "Database";
  config.services[0].group = 0;
  Play play(std::move(config));
  play.play("u......");
  CHECK(play.notifications() == Lines{"06:07 slack down"});
  const Time last_seen = *parse_iso("2026-11-22T06:01:00.000Z");
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
                  .last_seen = last_seen,
                  .dedup_key = key};
  CHECK(play.last() == message);

  play.play("..u");
  CHECK(play.notifications() == Lines{"06:10 slack up"});
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

TEST_CASE("a heartbeat's own text is in messages, where that is wanted") {
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
      .status = Status::up, .since = now - 2h, .last_seen = now - 40min, .watched_since = now - 9h};
  const CheckState state{.services = {before}};
  const std::vector<LastHeartbeat> last_heartbeats{{.last_seen = now - 40min}};
  const CheckContext check_context{.scheduled = now, .now = now, .utc_offset = 60min};
  Verdict verdict = judge(config, state, last_heartbeats, check_context);
  const auto notified = announce(config, state, last_heartbeats, check_context, {}, verdict);
  CHECK(notified.at(0).message.text == "No heartbeat for 40 min, limit 5 min; last one at 22 Nov 23:50:00");
}

TEST_CASE("becoming known is not announced, but a first report of a problem is") {
  Play play(one_service());
  play.play("..uu");
  CHECK(play.notifications() == Lines{});
  CHECK(play.state.services[0].notified.empty());

  Play other(one_service());
  other.play(".d");
  CHECK(other.notifications() == Lines{"06:02 slack down"});
  CHECK(other.last().previous == "unknown");
}

TEST_CASE("a problem is announced once it has lasted failureThreshold - 1 intervals") {
  Config config = one_service();
  config.services[0].failure_threshold = 3;
  Play play(std::move(config));
  play.play("udduu");
  CHECK(play.notifications() == Lines{});
  CHECK(play.state.services[0].notified.empty());
  play.play("ddd");
  CHECK(play.notifications() == Lines{"06:08 slack down"});
  CHECK(play.last().since == *parse_iso("2026-11-22T06:06:00.000Z"));
  play.play("u");
  CHECK(play.notifications() == Lines{"06:09 slack up"});
  CHECK(play.last().duration == 3min);

  SECTION("what is worse has to last for itself") {
    play.play("ggddd");
    CHECK(play.notifications() == Lines{"06:14 slack down"});
    CHECK(play.last().dedup_key == "db:" + std::to_string(to_ms(play.now - 4min)));
  }
  SECTION("degraded counts from the beginning of the problem, whatever it was meanwhile") {
    play.play("dgdg");
    CHECK(play.notifications() == Lines{"06:13 slack degraded"});
  }
}

TEST_CASE("degraded and down are announced as they follow each other, with one key") {
  Play play(one_service());
  play.play("ugdgu");
  CHECK(play.notifications() ==
        Lines{"06:02 slack degraded", "06:03 slack down", "06:04 slack degraded", "06:05 slack up"});
  for (const Announcement& one : play.notified) CHECK(one.message.dedup_key == play.last().dedup_key);
  CHECK(play.last().text == "It was degraded or down for 3 min, since 06:02");
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
  CHECK(play.notifications() == Lines{"06:03 slack up"});
  CHECK(play.last().title == "db was down 06:02:10–06:02:30");
  CHECK(play.last().text == "It was down 06:02:10–06:02:30: restarting");
  CHECK(play.last().duration == 20s);

  fail_for_20s();
  CHECK(play.notifications() == Lines{});
  play.play("uuuu");
  CHECK(play.notifications() == Lines{"06:08 slack up"});
  CHECK(play.last().text == "It was down 06:03:10–06:03:30: restarting");
}

TEST_CASE("a failure between two checks that was shorter than failureThreshold is none") {
  for (const auto& [length, notified] : {std::pair{59s, Lines{}}, std::pair{60s, Lines{"06:04 slack up"}}}) {
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
    CHECK(play.notifications() == notified);
    play.play("uuu");
    CHECK(play.notifications() == Lines{});
  }
}

TEST_CASE("a paused service is not announced, whatever it is") {
  Play play(one_service());
  play.play("ud");
  play.notifications();
  const auto pause = [&](Millis duration) {
    play.state.services[0].paused_until = play.now + duration + 1s;
    play.stored = write_state(play.config, play.state);
  };
  pause(3min);
  play.play("ddu");
  CHECK(play.notifications() == Lines{});
  play.play("u");
  CHECK(play.notifications() == Lines{"06:06 slack up"});
  pause(3min);
  play.play("dddd");
  CHECK(play.notifications() == Lines{"06:10 slack down"});
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

TEST_CASE("a recovery is announced once successThreshold good heartbeats came in a row") {
  Config config = one_service();
  config.services[0].success_threshold = 3;
  Play play(std::move(config));
  play.play("ud");
  play.notifications();
  SECTION("one with each check") {
    play.play("uu");
    CHECK(play.notifications() == Lines{});
    play.play("u");
    CHECK(play.notifications() == Lines{"06:05 slack up"});
    CHECK(play.last().text == "It was down for 1 min, since 06:02");
  }
  SECTION("checks without a heartbeat do not count") {
    play.play("u..u..");
    CHECK(play.notifications() == Lines{});
    play.play("u");
    CHECK(play.notifications() == Lines{"06:09 slack up"});
  }
  SECTION("a problem in between begins the count anew, and is no news") {
    play.play("uuduu");
    CHECK(play.notifications() == Lines{});
    play.play("u");
    CHECK(play.notifications() == Lines{"06:08 slack up"});
  }
}

}  // namespace hb::announcements_test
