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
    rounds.troubles("discord")[0].refusals = form == Form::plain ? 1 : 0;
    const auto sends = outgoing(rounds.config, rounds.outbox, 60min, rounds.now);
    REQUIRE(sends.size() == 1);
    CHECK(sends[0].channel == "discord");
    CHECK(sends[0].id == message_id(down_message()));
    CHECK(sends[0].send == send_through(rounds.config, "discord", down_message(),
                                        {.at = rounds.now, .utc_offset = 60min, .form = form}));
    rounds.now += 60s;
  }
}

TEST_CASE("the outages are those of the configured time zone") {
  Rounds rounds({"discord"});
  rounds.enqueue("discord", {down("a", kTestTime), up("a", kTestTime + 4min)});
  const auto sends = outgoing(rounds.config, rounds.outbox, 60min, rounds.now);
  CHECK(sends.at(0).send.body.find("was down 07:05:12–07:09:12") != std::string::npos);
}

TEST_CASE("what is in flight is left to the round that sends it, until that is over for sure") {
  Rounds rounds({"discord"});
  rounds.enqueue("discord", {down("a", kTestTime)});
  CHECK(rounds.go().size() == 1);
  rounds.now += 60s - 1ms;
  rounds.outbox = read_outbox(write_outbox(rounds.outbox));
  CHECK(rounds.go().empty());
  rounds.now += 1ms;
  REQUIRE(rounds.go().size() == 1);
  CHECK(rounds.troubles("discord")[0].may_be_accepted);
}

TEST_CASE("a trouble is told at its time, and holds up no other") {
  Rounds rounds({"discord"});
  rounds.enqueue("discord", {down("a", kTestTime), down("b", kTestTime)});
  rounds.troubles("discord")[0].not_before = kTestTime + 1ms;
  CHECK(rounds.headlines(rounds.go()) == Headlines{"discord: Service b is down"});
  rounds.now += 1ms;
  CHECK(rounds.headlines(rounds.go()) == Headlines{"discord: Service a is down"});
}

TEST_CASE("what was refused twice goes in the fewest words, and in no digest") {
  Rounds rounds({"discord"});
  rounds.enqueue("discord", many(7, kTestTime, down));
  rounds.troubles("discord")[0].refusals = 2;
  const auto sends = rounds.go();
  CHECK(rounds.headlines(sends) == Headlines{"discord: 6 down", "discord: Service s0 is down"});
  CHECK(sends[1].send.body.find("No heartbeat") == std::string::npos);
}

TEST_CASE("a time that nobody can have asked for is not waited for") {
  Rounds rounds({"discord"});
  rounds.enqueue("discord", {down("a", kTestTime)});
  rounds.troubles("discord")[0].not_before = kTestTime + 30 * 24h;
  rounds.queue("discord").next_try = kTestTime + 30 * 24h;
  rounds.troubles("discord")[0].lease = Lease{"msg_x", kTestTime + 30 * 24h};
  CHECK(rounds.go().size() == 1);
}

TEST_CASE("a later message gives a trouble another try") {
  Rounds rounds({"discord"});
  rounds.enqueue("discord", {change(MessageKind::degraded, "a", kTestTime), down("b", kTestTime)});
  for (Trouble& trouble : rounds.troubles("discord")) trouble.not_before = kTestTime + 1h;
  rounds.enqueue("discord", {down("a", kTestTime + 1min)});
  CHECK(rounds.headlines(rounds.go()) == Headlines{"discord: Service a is down"});
}

TEST_CASE("digests go first, with all of their channel that is due") {
  Rounds rounds({"discord", "slack"});
  rounds.enqueue("discord", {down("x", kTestTime)});
  rounds.enqueue("slack", {down("y", kTestTime)});
  rounds.enqueue("slack", many(6, kTestTime, down));
  const auto sends = rounds.go();
  CHECK(rounds.headlines(sends) == Headlines{"slack: 7 down", "discord: Service x is down"});
  rounds.enqueue("slack", {down("z", kTestTime)});
  CHECK(rounds.headlines(rounds.go()) == Headlines{"slack: Service z is down"});
}

TEST_CASE("a digest leaves out what is in flight") {
  Rounds rounds({"discord"});
  rounds.enqueue("discord", {down("s0", kTestTime)});
  const auto first = rounds.go();
  rounds.enqueue("discord", many(7, kTestTime + 1min, up));
  const auto second = rounds.go();
  CHECK(rounds.headlines(second) == Headlines{"discord: 6 up"});
  rounds.record_results(second);
  CHECK(rounds.go().empty());
  rounds.record_results(first);
  CHECK(rounds.headlines(rounds.go()) == Headlines{"discord: Service s0 is up"});
}

TEST_CASE("at most forty go at once, of every channel in turn") {
  Rounds rounds({"discord", "slack", "pagerduty"});
  rounds.config.notifications.digest_after = 100;
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
    CHECK(waiting(queue) <= (queue.channel == "pagerduty" ? 500 - 24 - 32 - 40 : 0));
  for (int round = 3; round < 14; ++round) rounds.round();
  CHECK(rounds.wanted("pagerduty").empty());
}

}  // namespace hb::outbox_outgoing_test
