#include <set>

#include "notify/outbox_test.hpp"

namespace hb::outbox_outgoing_test {
namespace {

using Headlines = std::vector<std::string>;

size_t count_for(const std::vector<Outgoing>& sends, std::string_view channel) {
  return static_cast<size_t>(std::count_if(
      sends.begin(), sends.end(), [channel](const Outgoing& send) { return send.channel == channel; }));
}

}  // namespace

TEST_CASE("what is sent is the message, in its form and with the time zone") {
  Rounds rounds({"discord"});
  rounds.enqueue("discord", {down_message()});
  for (const Form form : {Form::full, Form::plain}) {
    rounds.queued("discord")[0].form = form;
    const auto sends = outgoing(rounds.config, rounds.outbox, 60min, rounds.now);
    REQUIRE(sends.size() == 1);
    CHECK(sends[0].channel == "discord");
    CHECK(sends[0].id == message_id(down_message()));
    CHECK(sends[0].send == send_through(rounds.config, "discord", down_message(),
                                        {.at = rounds.now, .utc_offset = 60min, .form = form}));
    rounds.now += 60s;
  }
}

TEST_CASE("of one service one message goes at a time, of several all") {
  Rounds rounds({"discord"});
  rounds.enqueue("discord", {down("a", kTestTime, 1), down("a", kTestTime, 2), down("b", kTestTime)});
  CHECK(rounds.headlines(rounds.go()) ==
        Headlines{"discord: Service a is down", "discord: Service b is down"});
  CHECK(rounds.go().empty());
}

TEST_CASE("what is in flight is left to the round that sends it, until that is over for sure") {
  Rounds rounds({"discord"});
  rounds.enqueue("discord", {down("a", kTestTime, 1), down("a", kTestTime, 2)});
  CHECK(rounds.go().size() == 1);
  rounds.now += 60s - 1ms;
  rounds.outbox = read_outbox(write_outbox(rounds.outbox));
  CHECK(rounds.go().empty());
  rounds.now += 1ms;
  REQUIRE(rounds.go().size() == 1);
  CHECK(rounds.queued("discord")[0].may_be_delivered);
  CHECK_FALSE(rounds.queued("discord")[1].in_flight_since);
}

TEST_CASE("a message goes at its time, and holds up its service only") {
  Rounds rounds({"discord"});
  rounds.enqueue("discord", {down("a", kTestTime, 1), down("a", kTestTime, 2), down("b", kTestTime)});
  rounds.queued("discord")[0].not_before = kTestTime + 1ms;
  CHECK(rounds.headlines(rounds.go()) == Headlines{"discord: Service b is down"});
  rounds.now += 1ms;
  CHECK(rounds.headlines(rounds.go()) == Headlines{"discord: Service a is down"});
}

TEST_CASE("a time that nobody can have asked for is not waited for") {
  Rounds rounds({"discord"});
  rounds.enqueue("discord", {down("a", kTestTime)});
  rounds.queued("discord")[0].not_before = kTestTime + 30 * 24h;
  rounds.queue("discord").next_try = kTestTime + 30 * 24h;
  rounds.queued("discord")[0].in_flight_since = kTestTime + 30 * 24h;
  CHECK(rounds.go().size() == 1);
}

TEST_CASE("a message that follows another gives it another try") {
  Rounds rounds({"discord"});
  rounds.enqueue("discord", {down("a", kTestTime, 1), down("b", kTestTime)});
  for (QueuedMessage& item : rounds.queued("discord")) item.not_before = kTestTime + 1h;
  rounds.enqueue("discord", {down("a", kTestTime, 2)});
  CHECK(rounds.headlines(rounds.go()) == Headlines{"discord: Service a is down"});
}

TEST_CASE("digests go first, and nothing of their channel with them or behind them") {
  Rounds rounds({"discord", "slack"});
  rounds.enqueue("discord", {down("x", kTestTime)});
  rounds.enqueue("slack", {down("y", kTestTime)});
  rounds.enqueue("slack", many(6, kTestTime, down));
  rounds.enqueue("slack", {down("z", kTestTime)});
  const auto sends = rounds.go();
  CHECK(rounds.headlines(sends) ==
        Headlines{"slack: 6 down", "discord: Service x is down", "slack: Service y is down"});
  CHECK(rounds.go().empty());
  rounds.record_results(sends);
  CHECK(rounds.headlines(rounds.go()) == Headlines{"slack: Service z is down"});
}

TEST_CASE("a digest leaves out what follows a message in flight") {
  Rounds rounds({"discord"});
  rounds.enqueue("discord", {down("s0", kTestTime, 1)});
  const auto first = rounds.go();
  rounds.enqueue("discord", many(7, kTestTime, down, 2));
  const auto second = rounds.go();
  CHECK(rounds.headlines(second) == Headlines{"discord: 6 down"});
  rounds.record_results(second);
  CHECK(rounds.go().empty());
  rounds.record_results(first);
  CHECK(rounds.headlines(rounds.go()) == Headlines{"discord: Service s0 is down"});
}

TEST_CASE("at most forty go at once, of every channel in turn") {
  Rounds rounds({"discord", "slack", "pagerduty"});
  for (int i = 0; i < 30; ++i) {
    for (const char* channel : {"discord", "slack", "pagerduty"})
      rounds.enqueue(channel, {down(std::to_string(i), kTestTime)});
  }
  const auto sends = rounds.go();
  CHECK(sends.size() == 40);
  CHECK(count_for(sends, "discord") == 14);
  CHECK(count_for(sends, "slack") == 13);
  CHECK(count_for(sends, "pagerduty") == 13);
  rounds.record_results(sends);
  CHECK(rounds.go().size() == 40);
  CHECK(rounds.go().size() == 10);
}

TEST_CASE("500 services that go down at once are digests, and sent within three rounds") {
  Rounds rounds({"discord", "slack", "telegram", "webhook", "pushover", "pagerduty", "mailgun", "resend",
                 "cloudflare"});
  std::vector<Announcement> announcements;
  for (const Channel& channel : rounds.config.notifications.channels) {
    for (const Message& message : many(500, kTestTime, down))
      announcements.push_back({channel.name, message});
  }
  enqueue(rounds.config, rounds.outbox, announcements, rounds.now);
  std::set<std::string> notified;
  for (int round = 0; round < 3; ++round) {
    const auto sends = rounds.go();
    CHECK(sends.size() <= 40);
    for (const Outgoing& send : sends) notified.insert(send.channel);
    rounds.record_results(sends);
    rounds.now += 1min;
  }
  CHECK(notified.size() == 9);
  for (const ChannelQueue& queue : rounds.outbox.channels)
    CHECK(queue.queued.size() == (queue.channel == "pagerduty" ? 500 - 32 - 40 - 40 : 0));
  for (int round = 3; round < 13; ++round) rounds.round();
  CHECK(rounds.queued("pagerduty").empty());
}

}  // namespace hb::outbox_outgoing_test
