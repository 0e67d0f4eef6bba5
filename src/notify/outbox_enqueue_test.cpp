#include "notify/outbox_test.hpp"

namespace hb::outbox_enqueue_test {
namespace {

Message alert(const std::string& status, Time at) {
  return {.kind = MessageKind::alert,
          .title = "High load",
          .status = status,
          .timestamp = at,
          .dedup_key = "alert:load"};
}

}  // namespace

TEST_CASE("messages wait in their order, each for its channel") {
  Rounds rounds({"discord", "slack"});
  rounds.enqueue("discord", {down("a", kTestTime), down("b", kTestTime)});
  rounds.enqueue("slack", {down("c", kTestTime)});
  REQUIRE(rounds.queued("discord").size() == 2);
  CHECK(rounds.queued("discord")[0] == queued_message(down("a", kTestTime), kTestTime));
  CHECK(rounds.queued("discord")[1].message == down("b", kTestTime));
  CHECK(rounds.queued("slack").size() == 1);
}

TEST_CASE("a message that is queued already is not taken twice") {
  for (const char* channel : {"discord", "pagerduty"}) {
    Rounds rounds({channel});
    rounds.enqueue(channel, {down("a", kTestTime), down("a", kTestTime)});
    rounds.queued(channel)[0].attempts = 2;
    rounds.enqueue(channel, {down("a", kTestTime)});
    REQUIRE(rounds.queued(channel).size() == 1);
    CHECK(rounds.queued(channel)[0].attempts == 2);
  }
}

TEST_CASE("a recovery replaces the problem that nobody was notified of") {
  Rounds rounds({"discord"});
  rounds.enqueue("discord", {down("a", kTestTime), down("b", kTestTime)});
  Message over = up("a", kTestTime + 4min);
  over.text = "It was down for 4 min";
  rounds.enqueue("discord", {over});
  REQUIRE(rounds.queued("discord").size() == 2);
  CHECK(rounds.queued("discord")[0].message == down("b", kTestTime));
  const Message& notified = rounds.queued("discord")[1].message;
  CHECK(notified.title == "Service a was down 06:05–06:09 UTC");
  CHECK(notified.text == "It was down 06:05–06:09 UTC: No heartbeat for 6 min\nIt was down for 4 min");
  CHECK(notified.duration == 4min);
  CHECK(notified.kind == MessageKind::up);
  CHECK(rounds.queued("discord")[1].id == message_id(over));
}

TEST_CASE("a short problem is described with seconds, one over midnight with its days") {
  const auto title = [](Millis length) {
    Rounds rounds({"discord"});
    rounds.enqueue("discord", {down("a", kTestTime)});
    rounds.enqueue("discord", {up("a", kTestTime + length)});
    return rounds.queued("discord").at(0).message.title;
  };
  CHECK(title(20s) == "Service a was down 06:05:12–06:05:32 UTC");
  CHECK(title(2min - 1ms) == "Service a was down 06:05:12–06:07:11 UTC");
  CHECK(title(2min) == "Service a was down 06:05–06:07 UTC");
  CHECK(title(20h) == "Service a was down 2026-11-22 06:05 – 2026-11-23 02:05 UTC");
}

TEST_CASE("the worst that was not sent names the problem, from its beginning") {
  Rounds rounds({"discord"});
  Message worse = down("a", kTestTime + 2min);
  worse.previous = "degraded";
  Message reminder = change(MessageKind::reminder, "a", kTestTime + 3min);
  reminder.status = "down";
  rounds.enqueue("discord", {change(MessageKind::degraded, "a", kTestTime), worse, reminder});
  rounds.enqueue("discord", {up("a", kTestTime + 4min)});
  REQUIRE(rounds.queued("discord").size() == 1);
  CHECK(rounds.queued("discord")[0].message.title == "Service a was down 06:05–06:09 UTC");
}

TEST_CASE("a recovery stays as it is when people were notified of the problem") {
  Rounds rounds({"discord"});
  Message reminder = change(MessageKind::reminder, "a", kTestTime);
  Message better = change(MessageKind::degraded, "a", kTestTime);
  better.previous = "down";
  rounds.enqueue("discord", {reminder, better});
  rounds.enqueue("discord", {up("a", kTestTime + 4min)});
  REQUIRE(rounds.queued("discord").size() == 1);
  CHECK(rounds.queued("discord")[0].message == up("a", kTestTime + 4min));
}

TEST_CASE("a recovery leaves other problems alone, and what is in flight") {
  Rounds rounds({"discord"});
  rounds.enqueue("discord", {down("a", kTestTime, 1)});
  rounds.enqueue("discord", {up("a", kTestTime, 2)});
  CHECK(rounds.queued("discord").size() == 2);

  Rounds other({"discord"});
  other.enqueue("discord", {down("a", kTestTime)});
  other.go();
  SECTION("for as long as that may be") {
    other.now += 60s - 1ms;
    other.enqueue("discord", {up("a", other.now)});
    REQUIRE(other.queued("discord").size() == 2);
    CHECK(other.queued("discord")[1].message == up("a", other.now));
  }
  SECTION("not longer") {
    other.now += 60s;
    other.enqueue("discord", {up("a", other.now)});
    CHECK(other.queued("discord").size() == 1);
  }
}

TEST_CASE("a message about a removal says what was not sent") {
  Rounds rounds({"discord"});
  rounds.enqueue("discord", {down("a", kTestTime)});
  Message resolved_by_removal = change(MessageKind::resolved_by_removal, "a", kTestTime + 4min);
  resolved_by_removal.title = "Service a is not watched any more";
  rounds.enqueue("discord", {resolved_by_removal});
  REQUIRE(rounds.queued("discord").size() == 1);
  CHECK(rounds.queued("discord")[0].message.title == resolved_by_removal.title);
  CHECK(rounds.queued("discord")[0].message.text == "It was down 06:05–06:09 UTC: No heartbeat for 6 min");
}

TEST_CASE("an alert that is resolved before anybody was notified is one message") {
  Rounds rounds({"discord"});
  rounds.enqueue("discord", {alert("firing", kTestTime)});
  rounds.enqueue("discord", {alert("resolved", kTestTime + 4min)});
  REQUIRE(rounds.queued("discord").size() == 1);
  CHECK(headline(rounds.queued("discord")[0].message) == "Resolved: High load was firing 06:05–06:09 UTC");
}

TEST_CASE("an incident that began and ended unsent is not sent to PagerDuty") {
  Rounds rounds({"pagerduty"});
  rounds.enqueue("pagerduty", {down("a", kTestTime), down("b", kTestTime)});
  rounds.enqueue("pagerduty", {up("a", kTestTime)});
  REQUIRE(rounds.queued("pagerduty").size() == 1);
  CHECK(rounds.queued("pagerduty")[0].message == down("b", kTestTime));
}

TEST_CASE("PagerDuty's incident is resolved when it may have been opened") {
  Rounds rounds({"pagerduty"});
  rounds.enqueue("pagerduty", {down("a", kTestTime)});
  SECTION("in a round that came to no end") {
    rounds.go();
    rounds.now += 60s;
  }
  SECTION("by a call without an answer") {
    rounds.answers["pagerduty"] = {.error = "TimeoutError"};
    rounds.round();
  }
  SECTION("by an earlier message") {
    rounds.round();
    Message worse = down("a", kTestTime + 1min);
    worse.previous = "degraded";
    rounds.enqueue("pagerduty", {worse});
  }
  rounds.outbox = read_outbox(write_outbox(rounds.outbox));
  rounds.enqueue("pagerduty", {up("a", kTestTime)});
  REQUIRE(rounds.queued("pagerduty").size() == 1);
  CHECK(rounds.queued("pagerduty")[0].message == up("a", kTestTime));
}

TEST_CASE("an incident that PagerDuty did not accept ends unsent") {
  for (const int status : {401, 429, 500}) {
    Rounds rounds({"pagerduty"});
    rounds.enqueue("pagerduty", {down("a", kTestTime)});
    rounds.answers["pagerduty"] = {.status = status};
    rounds.round();
    CHECK(rounds.queued("pagerduty").size() == 1);
    rounds.enqueue("pagerduty", {up("a", kTestTime)});
    CHECK(rounds.queued("pagerduty").empty());
  }
}

TEST_CASE("only the latest state of an incident is queued for PagerDuty, in its place") {
  Rounds rounds({"pagerduty"});
  rounds.enqueue("pagerduty", {change(MessageKind::degraded, "a", kTestTime), down("b", kTestTime)});
  Message worse = down("a", kTestTime + 1min);
  worse.previous = "degraded";
  rounds.enqueue("pagerduty", {worse});
  REQUIRE(rounds.queued("pagerduty").size() == 2);
  CHECK(rounds.queued("pagerduty")[0].message == worse);
  SECTION("what is in flight is left, and followed") {
    rounds.go();
    rounds.enqueue("pagerduty", {up("a", kTestTime + 2min)});
    REQUIRE(rounds.queued("pagerduty").size() == 3);
    CHECK(rounds.queued("pagerduty")[2].message == up("a", kTestTime + 2min));
  }
  SECTION("the end of one incident does not give way to the next") {
    rounds.enqueue("pagerduty", {up("c", kTestTime, 1), down("c", kTestTime, 2)});
    CHECK(rounds.queued("pagerduty").size() == 4);
  }
}

TEST_CASE("what is for channels that are not configured leaves, and is counted") {
  Rounds rounds({"discord", "slack", "pagerduty"});
  rounds.enqueue("discord", {down("a", kTestTime)});
  rounds.enqueue("slack", {down("a", kTestTime), down("b", kTestTime)});
  channel_named(rounds.config, "slack").enabled = false;
  rounds.enqueue("nobody", {down("a", kTestTime)});
  CHECK(rounds.log ==
        std::vector<std::string>{"nobody is not configured any more: 1 message for it is dropped",
                                 "slack is not configured any more: 2 messages for it are dropped"});
  CHECK(find_queue(rounds.outbox, "slack") == nullptr);
  CHECK(rounds.queued("discord").size() == 1);
  rounds.enqueue("discord", {});
  CHECK(rounds.log.empty());
}

TEST_CASE("a channel without its credential is at fault, and its messages wait") {
  Rounds rounds({"discord", "slack"});
  const std::string url = rounds.config.secrets.notification.at("NOTIFICATION_SLACK_WEBHOOKURL");
  rounds.config.secrets.notification.erase("NOTIFICATION_SLACK_WEBHOOKURL");
  const std::string words = "The secret NOTIFICATION_SLACK_WEBHOOKURL is not set";
  CHECK(faults(rounds.config, rounds.outbox) ==
        std::vector<ChannelFault>{{.channel = "slack", .words = words}});
  rounds.enqueue("slack", {down("a", kTestTime)});
  CHECK(rounds.go().empty());
  rounds.now += 1min;
  rounds.round();
  CHECK(faults(rounds.config, rounds.outbox) ==
        std::vector<ChannelFault>{
            {.channel = "slack", .failing_since = kTestTime, .words = words, .queued = 1}});
  rounds.config.secrets.notification["NOTIFICATION_SLACK_WEBHOOKURL"] = url;
  CHECK(faults(rounds.config, rounds.outbox).empty());
  rounds.round();
  CHECK(rounds.notified.size() == 1);
  CHECK(rounds.queue("slack") == ChannelQueue{.channel = "slack"});
}

}  // namespace hb::outbox_enqueue_test
