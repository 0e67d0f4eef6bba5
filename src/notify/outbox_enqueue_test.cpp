#include "notify/outbox_test.hpp"

namespace hb::outbox_enqueue_test {

TEST_CASE("what is wanted waits in its order, each for its channel") {
  Rounds rounds({"discord", "slack"});
  rounds.enqueue("discord", {down("a", kTestTime), down("b", kTestTime)});
  rounds.enqueue("slack", {down("c", kTestTime)});
  CHECK(rounds.wanted("discord") == std::vector{down("a", kTestTime), down("b", kTestTime)});
  CHECK(rounds.troubles("discord")[0] ==
        Trouble{.key = "a", .wanted = down("a", kTestTime), .wanted_since = kTestTime});
  CHECK(rounds.wanted("slack").size() == 1);
}

TEST_CASE("a message that is wanted already is not taken twice") {
  for (const char* channel : {"discord", "pagerduty"}) {
    Rounds rounds({channel});
    rounds.enqueue(channel, {down("a", kTestTime), down("a", kTestTime)});
    rounds.troubles(channel)[0].attempts = 2;
    rounds.enqueue(channel, {down("a", kTestTime)});
    REQUIRE(rounds.troubles(channel).size() == 1);
    CHECK(rounds.troubles(channel)[0].attempts == 2);
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
  CHECK(rounds.wanted("discord").size() == 1);
  rounds.enqueue("discord", {});
  CHECK(rounds.log.empty());
}

TEST_CASE("a channel that is gone for a while is told the end of what it knows when it is back") {
  for (const char* channel : {"discord", "pagerduty"}) {
    Rounds rounds({"discord", "pagerduty"});
    rounds.enqueue(channel, {down("a", kTestTime)});
    rounds.round();
    channel_named(rounds.config, channel).enabled = false;
    rounds.enqueue(channel, {up("a", kTestTime + 1min), down("b", kTestTime + 1min)});
    CHECK(rounds.log == std::vector<std::string>{std::string(channel) +
                                                 " is not configured any more: 1 message for it is dropped"});
    CHECK(rounds.go().empty());
    rounds.outbox = read_outbox(write_outbox(rounds.outbox));
    SECTION("within a week") {
      rounds.now += 7 * 24h - 1ms;
      rounds.enqueue(channel, {});
      channel_named(rounds.config, channel).enabled = true;
      rounds.enqueue(channel, {});
      CHECK(rounds.wanted(channel) == std::vector{up("a", kTestTime + 1min)});
      CHECK(rounds.go().size() == 1);
    }
    SECTION("not after a week") {
      rounds.now += 7 * 24h;
      rounds.enqueue(channel, {});
      CHECK(find_queue(rounds.outbox, channel) == nullptr);
    }
  }
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
  CHECK(rounds.queue("slack").health == ChannelHealth::healthy);
}

}  // namespace hb::outbox_enqueue_test
