#include "notify/outbox_digests.hpp"

#include "notify/outbox_test.hpp"

namespace hb::outbox_digests_test {
namespace {

const Message& only(Rounds& rounds, const std::string& channel) {
  REQUIRE(rounds.queued(channel).size() == 1);
  return rounds.queued(channel)[0].message;
}

}  // namespace

TEST_CASE("more than digestAfter at once are one digest") {
  Rounds rounds({"discord"});
  rounds.enqueue("discord", many(5, kTestTime, down));
  CHECK(rounds.queued("discord").size() == 5);

  Rounds more({"discord"});
  more.enqueue("discord", many(6, kTestTime, down));
  const Message& digest = only(more, "discord");
  CHECK(digest.kind == MessageKind::digest);
  CHECK(digest.title == "6 down");
  CHECK(tone(digest) == Tone::bad);
  CHECK(digest.lines.size() == 6);
  CHECK(digest.lines[0] == "🔴 Service s0 is down: No heartbeat for 6 min");
  CHECK(digest.more == 0);
}

TEST_CASE("a digest names up to twenty and counts the rest") {
  for (const size_t count : {19u, 20u, 21u, 500u}) {
    Rounds rounds({"discord"});
    rounds.enqueue("discord", many(count, kTestTime, down));
    const Message& digest = only(rounds, "discord");
    CHECK(digest.lines.size() == std::min<size_t>(count, 20));
    CHECK(digest.lines.size() + static_cast<size_t>(digest.more) == count);
  }
}

TEST_CASE("a digest says of what it is, and how bad") {
  Rounds rounds({"discord"});
  std::vector<Message> messages = many(3, kTestTime, up);
  messages.push_back(change(MessageKind::degraded, "x", kTestTime));
  messages.push_back({.kind = MessageKind::notice, .title = "Hello", .timestamp = kTestTime});
  messages.push_back({.kind = MessageKind::alert, .status = "resolved", .timestamp = kTestTime});
  rounds.enqueue("discord", messages);
  CHECK(only(rounds, "discord").title == "1 degraded, 3 up, 1 resolved, 1 other message");
  CHECK(tone(only(rounds, "discord")) == Tone::warning);

  Rounds good({"discord"});
  good.enqueue("discord", many(6, kTestTime, up));
  CHECK(tone(only(good, "discord")) == Tone::good);
}

TEST_CASE("recoveries that replace their problems count before a digest is made") {
  Rounds rounds({"discord"});
  rounds.enqueue("discord", many(5, kTestTime, down));
  std::vector<Message> messages = many(6, kTestTime + 4min, up);
  rounds.enqueue("discord", messages);
  const Message& digest = only(rounds, "discord");
  CHECK(digest.lines[0].starts_with("🟢 Service s0 was down 06:05–06:09 UTC"));
  CHECK(digest.lines[5].starts_with("🟢 Service s5 is up"));
}

TEST_CASE("a digest takes along what waits of its services, and only that") {
  Rounds rounds({"discord"});
  rounds.enqueue("discord", {change(MessageKind::degraded, "s0", kTestTime), down("x", kTestTime)});
  rounds.enqueue("discord", many(6, kTestTime, down, 2));
  REQUIRE(rounds.queued("discord").size() == 2);
  CHECK(rounds.queued("discord")[0].message == down("x", kTestTime));
  const Message& digest = rounds.queued("discord")[1].message;
  CHECK(digest.title == "6 down, 1 degraded");
  CHECK(digest.lines[0].starts_with("🟡 Service s0 is degraded"));
  CHECK(digest.lines[1].starts_with("🔴 Service s0 is down"));
}

TEST_CASE("PagerDuty has no digests") {
  Rounds rounds({"pagerduty"});
  rounds.enqueue("pagerduty", many(500, kTestTime, down));
  CHECK(rounds.queued("pagerduty").size() == 500);
  rounds.now += 25h;
  rounds.enqueue("pagerduty", {});
  CHECK(rounds.queued("pagerduty").size() == 500);
}

TEST_CASE("what is older than a day becomes one digest") {
  Rounds rounds({"discord"});
  rounds.enqueue("discord", many(3, kTestTime, down));
  rounds.now += 1min;
  rounds.enqueue("discord", {down("x", rounds.now)});
  rounds.now = kTestTime + 24h;
  rounds.enqueue("discord", {});
  CHECK(rounds.queued("discord").size() == 4);

  rounds.now += 1ms;
  rounds.enqueue("discord", {});
  REQUIRE(rounds.queued("discord").size() == 2);
  const Message& digest = rounds.queued("discord")[0].message;
  CHECK(digest.title == "3 messages could not be told in time");
  CHECK(digest.lines[0] == "2026-11-22 06:05 UTC 🔴 Service s0 is down: No heartbeat for 6 min");
  CHECK(digest.since == kTestTime);

  SECTION("which the next ones join") {
    rounds.queued("discord")[0].attempts = 4;
    rounds.queued("discord")[0].not_before = rounds.now + 2min;
    rounds.now += 1min;
    rounds.enqueue("discord", {});
    CHECK(only(rounds, "discord").title == "4 messages could not be told in time");
    CHECK(rounds.queued("discord")[0].attempts == 4);
    CHECK(rounds.queued("discord")[0].not_before == rounds.now + 1min);
  }
  SECTION("and which is not made again of itself alone") {
    const QueuedMessage before = rounds.queued("discord")[0];
    rounds.enqueue("discord", {});
    CHECK(rounds.queued("discord")[0] == before);
    rounds.queued("discord").pop_back();
    rounds.now += 25h;
    rounds.enqueue("discord", {});
    CHECK(rounds.queued("discord")[0] == before);
  }
}

TEST_CASE("beyond two hundred the oldest become one digest") {
  Rounds rounds({"discord"});
  for (size_t i = 0; i < 200; ++i) rounds.enqueue("discord", {down(std::to_string(i), kTestTime)});
  CHECK(rounds.queued("discord").size() == 200);
  CHECK(rounds.queued("discord")[0].message == down("0", kTestTime));

  rounds.enqueue("discord", {down("200", kTestTime)});
  REQUIRE(rounds.queued("discord").size() == 200);
  CHECK(rounds.queued("discord")[0].message.title == "2 messages could not be told in time");
  CHECK(rounds.queued("discord")[1].message == down("2", kTestTime));

  rounds.enqueue("discord", {down("201", kTestTime)});
  REQUIRE(rounds.queued("discord").size() == 200);
  CHECK(rounds.queued("discord")[0].message.title == "3 messages could not be told in time");
}

TEST_CASE("long messages become a digest sooner") {
  Rounds rounds({"discord"});
  for (int i = 0; i < 100; ++i) {
    Message message = down(std::to_string(i), kTestTime);
    message.labels = "{\"a\":\"" + std::string(5000, 'x') + "\"}";
    rounds.enqueue("discord", {message});
    CHECK(write_outbox(rounds.outbox).size() < 200'000 + 20'000);
  }
  const Message& digest = rounds.queued("discord")[0].message;
  CHECK(digest.kind == MessageKind::digest);
  CHECK(digest.lines.size() + static_cast<size_t>(digest.more) + rounds.queued("discord").size() == 101);
}

TEST_CASE("what is in flight does not become part of a digest") {
  Rounds rounds({"discord"});
  rounds.enqueue("discord", {down("a", kTestTime)});
  rounds.now += 24h + 1ms;
  rounds.go();
  rounds.enqueue("discord", {});
  CHECK(only(rounds, "discord") == down("a", kTestTime));
  rounds.now += 60s;
  rounds.enqueue("discord", {});
  CHECK(only(rounds, "discord").title == "1 message could not be told in time");
}

}  // namespace hb::outbox_digests_test
