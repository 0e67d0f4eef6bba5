#include "notify/outbox_digests.hpp"

#include "notify/outbox_test.hpp"
#include "text/utf8.hpp"

namespace hb::outbox_digests_test {
namespace {

// The only call that is due.
Message only(Rounds& rounds) {
  const auto sends = rounds.go();
  REQUIRE(sends.size() == 1);
  return rounds.message_of(sends[0]);
}

}  // namespace

TEST_CASE("more than digestAfter troubles at once are told in one digest") {
  Rounds rounds({"discord"});
  rounds.enqueue("discord", many(5, kTestTime, down));
  CHECK(rounds.go().size() == 5);

  Rounds more({"discord"});
  more.enqueue("discord", many(6, kTestTime, down));
  const Message digest = only(more);
  CHECK(digest.kind == MessageKind::digest);
  CHECK(digest.title == "6 down");
  CHECK(tone(digest) == Tone::bad);
  CHECK(digest.lines.size() == 6);
  CHECK(digest.lines[0] == "🔴 Service s0 is down: No heartbeat for 6 min");
  CHECK(digest.more == 0);
}

TEST_CASE("a digest names up to twenty and counts the rest") {
  for (const size_t count : {19u, 20u, 21u, 150u}) {
    Rounds rounds({"discord"});
    rounds.enqueue("discord", many(count, kTestTime, down));
    const Message digest = only(rounds);
    CHECK(digest.lines.size() == std::min<size_t>(count, 20));
    CHECK(digest.lines.size() + static_cast<size_t>(digest.more) == count);
  }
}

TEST_CASE("a digest says of what it is, and how bad") {
  Rounds rounds({"discord"});
  std::vector<Message> messages = many(3, kTestTime, up);
  messages.push_back(change(MessageKind::degraded, "x", kTestTime));
  messages.push_back(
      {.kind = MessageKind::notice, .title = "Hello", .timestamp = kTestTime, .dedup_key = "n"});
  messages.push_back(
      {.kind = MessageKind::alert, .status = "resolved", .timestamp = kTestTime, .dedup_key = "r"});
  rounds.enqueue("discord", messages);
  const Message digest = only(rounds);
  CHECK(digest.title == "1 degraded, 3 up, 1 resolved, 1 other message");
  CHECK(tone(digest) == Tone::warning);

  Rounds good({"discord"});
  good.enqueue("discord", many(6, kTestTime, up));
  CHECK(tone(only(good)) == Tone::good);
}

TEST_CASE("a digest has of each trouble what is wanted, and tells its outages") {
  Rounds rounds({"discord"});
  rounds.enqueue("discord", many(5, kTestTime, down));
  rounds.enqueue("discord", many(6, kTestTime + 4min, up));
  const Message digest = only(rounds);
  CHECK(digest.lines.size() == 6);
  CHECK(digest.lines[0].starts_with("🟢 Service s0 was down 06:05:12–06:09:12"));
  CHECK(digest.lines[5].starts_with("🟢 Service s5 is up"));
}

TEST_CASE("whom a digest reached knows of all that it stands for, whether it names or counts it") {
  Rounds rounds({"discord"});
  rounds.enqueue("discord", many(30, kTestTime, down));
  CHECK(rounds.round().sent == 1);
  CHECK(rounds.wanted("discord").empty());
  CHECK(rounds.troubles("discord").size() == 30);
  rounds.enqueue("discord", many(30, kTestTime + 4min, up));
  CHECK(only(rounds).title == "30 up");
}

TEST_CASE("a digest that is not accepted leaves its troubles as they were") {
  Rounds rounds({"discord"});
  rounds.enqueue("discord", many(6, kTestTime, down));
  const auto first = rounds.go();
  rounds.enqueue("discord", {up("s3", kTestTime + 1min)});
  rounds.answers["discord"] = {.status = 500};
  rounds.record_results(first);
  rounds.now += 1min;
  const Message again = only(rounds);
  CHECK(again.title == "5 down, 1 up");
  CHECK(again.lines[3].starts_with("🟢 Service s3 was down"));
}

TEST_CASE("a digest names of alerts with one name the labels in which they differ") {
  Rounds rounds({"discord"});
  std::vector<Message> messages;
  for (int i = 0; i < 15; ++i) {
    Json labels = {{"alertname", "Disk"}, {"cluster", std::string(60, 'c')}, {"namespace", "shop"}};
    labels["pod"] = "pod-" + std::to_string(i);
    if (i > 12) labels["zone"] = "b";
    messages.push_back({.kind = MessageKind::alert,
                        .title = i < 14 ? "Disk" : "Memory",
                        .status = "firing",
                        .timestamp = kTestTime,
                        .labels = labels.dump(),
                        .dedup_key = "alert:" + std::to_string(i)});
  }
  rounds.enqueue("discord", messages);
  const Message digest = only(rounds);
  CHECK(digest.lines.at(0) == "🔴 Disk (pod=pod-0)");
  CHECK(digest.lines.at(12) == "🔴 Disk (pod=pod-12)");
  CHECK(digest.lines.at(13) == "🔴 Disk (pod=pod-13, zone=b)");
  CHECK(digest.lines.at(14).starts_with("🔴 Memory (cluster=cccc"));
  CHECK(units(digest.lines.at(14)) == units("🔴 Memory ()") + 80);
}

TEST_CASE("a line of a digest lists the last outages and counts the rest, however long its name and reason") {
  Rounds rounds({"discord"});
  rounds.config.notifications.digest_after = 0;
  Message message = down("a", kTestTime + 1h);
  message.service_name = std::string(300, 'n');
  message.text = std::string(300, 'r');
  for (const Millis at : {0min, 10min, 20min, 30min})
    message.outages.push_back({Status::degraded, kTestTime - 1h + at, kTestTime - 1h + at + 5min});
  message.more_outages = 7;
  rounds.enqueue("discord", {message});
  const std::string line = only(rounds).lines.at(0);
  CHECK(line.ends_with("degraded 05:25:12–05:30:12, degraded 05:35:12–05:40:12 and 9 more before"));
}

TEST_CASE("a digest has the same id until one of its troubles changes") {
  Rounds rounds({"discord"});
  rounds.enqueue("discord", many(6, kTestTime, down));
  const auto first = rounds.go();
  rounds.now += 60s;
  const auto second = rounds.go();
  CHECK(first == second);
  rounds.now += 60s;
  rounds.enqueue("discord", {up("s3", rounds.now)});
  CHECK(rounds.go().at(0).id != first.at(0).id);
}

TEST_CASE("PagerDuty has no digests, and nothing of it is folded") {
  Rounds rounds({"pagerduty"});
  rounds.enqueue("pagerduty", many(500, kTestTime, down));
  CHECK(rounds.go().size() == 40);
  rounds.now += 25h;
  rounds.enqueue("pagerduty", {});
  CHECK(rounds.wanted("pagerduty").size() == 500);
  CHECK(rounds.go().size() == 40);
}

TEST_CASE("what waits for more than a day is told in a digest that says of when it is") {
  Rounds rounds({"discord"});
  rounds.enqueue("discord", many(3, kTestTime, down));
  rounds.now = kTestTime + 24h;
  CHECK(rounds.go().size() == 3);
  rounds.now += 60s;
  const Message digest = only(rounds);
  CHECK(digest.title == "3 messages could not be told in time");
  CHECK(digest.lines[0] == "2026-11-22 06:05 UTC 🔴 Service s0 is down: No heartbeat for 6 min");
  CHECK(digest.since == kTestTime);
}

TEST_CASE("what was late and changes is told as it is by then") {
  Rounds rounds({"discord"});
  rounds.enqueue("discord", {down("a", kTestTime)});
  rounds.now = kTestTime + 25h;
  rounds.enqueue("discord", {up("a", rounds.now)});
  const Message digest = only(rounds);
  CHECK(digest.title == "1 message could not be told in time");
  CHECK(digest.lines[0].starts_with(
      "2026-11-23 07:05 UTC 🟢 Service a was down 22 Nov 06:05:12 – 23 Nov 07:05:12"));
}

TEST_CASE("beyond two hundred the oldest that nobody was told of become one digest") {
  Rounds rounds({"discord"});
  rounds.queue("discord").next_try = kTestTime + 30min;
  rounds.enqueue("discord", {down("known", kTestTime)});
  rounds.troubles("discord")[0].accepted =
      Accepted{.status = "degraded", .since = kTestTime, .dedup_key = "k"};
  for (int i = 1; i < 200; ++i) rounds.enqueue("discord", {down(std::to_string(i), kTestTime)});
  rounds.go();
  CHECK(rounds.troubles("discord").size() == 200);

  rounds.enqueue("discord", {down("200", kTestTime)});
  rounds.go();
  REQUIRE(rounds.wanted("discord").size() == 200);
  CHECK(rounds.wanted("discord")[0].title == "2 messages could not be told in time");
  CHECK(rounds.wanted("discord")[1] == down("known", kTestTime));
  CHECK(rounds.wanted("discord")[2] == down("3", kTestTime));

  rounds.enqueue("discord", {down("201", kTestTime)});
  rounds.go();
  REQUIRE(rounds.wanted("discord").size() == 200);
  CHECK(rounds.wanted("discord")[0].title == "3 messages could not be told in time");

  SECTION("which goes before all others") {
    rounds.queue("discord").next_try.reset();
    CHECK(only(rounds).title == "3 messages could not be told in time");
    CHECK(rounds.go().empty());
  }
  SECTION("and the end of what it has is told all the same") {
    rounds.enqueue("discord", {up("1", kTestTime + 1min)});
    rounds.go();
    CHECK(rounds.wanted("discord").back() == up("1", kTestTime + 1min));
  }
}

TEST_CASE("long messages are shortened, and stay what they are about") {
  for (const char* channel : {"discord", "pagerduty"}) {
    Rounds rounds({channel});
    rounds.queue(channel).next_try = kTestTime + 30min;
    for (int i = 0; i < 100; ++i) {
      Message message = down(std::to_string(i), kTestTime);
      message.labels = "{\"a\":\"" + std::string(5000, 'x') + "\"}";
      rounds.enqueue(channel, {message});
      rounds.go();
      CHECK(write_outbox(rounds.outbox).size() < 200'000 + 20'000);
    }
    CHECK(rounds.wanted(channel).size() == 100);
    CHECK(rounds.wanted(channel)[0].labels.empty());
    CHECK(rounds.wanted(channel)[0].status == "down");
    CHECK(!rounds.wanted(channel)[99].labels.empty());
  }
}

}  // namespace hb::outbox_digests_test
