#include "notify/outbox_test.hpp"

namespace hb::troubles_test {
namespace {

using Titles = std::vector<std::string>;

const Answer kNoAnswerCame{.error = "TimeoutError"};

Message firing(Time at) {
  return {.kind = MessageKind::alert,
          .title = "High load",
          .text = "Load is 40",
          .status = "firing",
          .timestamp = at,
          .dedup_key = "alert:load"};
}

Message resolved(Time at) {
  Message message = firing(at);
  message.status = "resolved";
  message.text.clear();
  return message;
}

Message worse(const std::string& service, Time at) {
  Message message = down(service, at);
  message.previous = "degraded";
  return message;
}

Message degraded(const std::string& service, Time at) {
  return change(MessageKind::degraded, service, at);
}

Message reminder() {
  Message message = change(MessageKind::reminder, "a", kTestTime);
  message.status = "down";
  message.timestamp = kTestTime + 10min;
  return message;
}

// The next call through the channel, in words.
Message told(Rounds& rounds, const std::string& channel) {
  const auto sends = rounds.go();
  REQUIRE(sends.size() == 1);
  CHECK(sends[0].channel == channel);
  const Message message = rounds.message_of(sends[0]);
  rounds.record_results(sends);
  return message;
}

}  // namespace

TEST_CASE("of a service one message is wanted: the latest") {
  Rounds rounds({"discord"});
  rounds.enqueue("discord", {degraded("a", kTestTime), down("b", kTestTime), worse("a", kTestTime + 2min)});
  REQUIRE(rounds.wanted("discord").size() == 2);
  CHECK(rounds.wanted("discord")[0].kind == MessageKind::down);
}

TEST_CASE("what is accepted is remembered until its end is") {
  Rounds rounds({"discord"});
  rounds.enqueue("discord", {down("a", kTestTime)});
  rounds.round();
  REQUIRE(rounds.troubles("discord").size() == 1);
  CHECK(rounds.troubles("discord")[0] ==
        Trouble{.key = "a",
                .accepted = Accepted{.status = "down", .since = kTestTime, .dedup_key = "service:a:1"}});
  rounds.enqueue("discord", {up("a", kTestTime + 1min)});
  rounds.answers["discord"] = {.status = 500};
  rounds.round();
  CHECK(rounds.troubles("discord")[0].accepted);
  rounds.answers.clear();
  rounds.now += 1min;
  rounds.round();
  CHECK(rounds.troubles("discord").empty());
}

TEST_CASE("a problem that is over before it was accepted is told as one that was") {
  Rounds rounds({"discord"});
  rounds.enqueue("discord", {down("a", kTestTime)});
  Message over = up("a", kTestTime + 4min);
  over.text = "It was down for 4 min";
  rounds.enqueue("discord", {over});
  const Message message = told(rounds, "discord");
  CHECK(message.kind == MessageKind::up);
  CHECK(message.title == "Service a was down 06:05:12–06:09:12");
  CHECK(message.text == "It was down 06:05:12–06:09:12: No heartbeat for 6 min");
  CHECK(message.duration == 4min);
  CHECK(message_id(message) == message_id(over));
  CHECK(rounds.troubles("discord").empty());
}

TEST_CASE("what takes the place of several unsent messages has the outages of all of them") {
  Rounds rounds({"discord"});
  rounds.enqueue("discord", {degraded("a", kTestTime), worse("a", kTestTime + 2min)});
  rounds.enqueue("discord", {up("a", kTestTime + 4min)});
  SECTION("when all of it is over") {
    const Message message = told(rounds, "discord");
    CHECK(message.title == "Service a was down");
    CHECK(message.text ==
          "It was degraded 06:05:12–06:07:12, down 06:07:12–06:09:12: No heartbeat for 6 min");
    CHECK(message.duration == 4min);
  }
  SECTION("when there is another problem") {
    rounds.enqueue("discord", {down("a", kTestTime + 9min, 2)});
    const Message message = told(rounds, "discord");
    CHECK(message.kind == MessageKind::down);
    CHECK(message.text ==
          "No heartbeat for 6 min. Before that it was degraded 06:05:12–06:07:12, down 06:07:12–06:09:12");
  }
}

TEST_CASE("a problem whose end was not accepted before the next began is listed with that") {
  Rounds rounds({"discord"});
  rounds.enqueue("discord", {down("a", kTestTime)});
  rounds.round();
  Message over = up("a", kTestTime + 4min);
  over.duration = 4min;
  rounds.enqueue("discord", {over});
  rounds.enqueue("discord", {down("a", kTestTime + 6min, 2)});
  const Message message = told(rounds, "discord");
  CHECK(message.kind == MessageKind::down);
  CHECK(message.text == "No heartbeat for 6 min. Before that it was down 06:05:12–06:09:12");
  CHECK(message.dedup_key == "service:a:2");
}

TEST_CASE("an end of what was accepted lists what was not") {
  Rounds rounds({"discord"});
  rounds.enqueue("discord", {degraded("a", kTestTime)});
  rounds.round();
  rounds.enqueue("discord", {worse("a", kTestTime + 2min)});
  Message over = up("a", kTestTime + 4min);
  over.text = "It was degraded or down for 4 min";
  rounds.enqueue("discord", {over});
  CHECK(told(rounds, "discord").text ==
        "It was degraded or down for 4 min; in between down 06:07:12–06:09:12");
}

TEST_CASE("a reminder of what is known leaves nothing to tell when the problem is over") {
  Rounds rounds({"discord"});
  rounds.enqueue("discord", {down("a", kTestTime)});
  rounds.round();
  rounds.enqueue("discord", {reminder(), up("a", kTestTime + 12min)});
  CHECK(rounds.wanted("discord") == std::vector{up("a", kTestTime + 12min)});
}

TEST_CASE("a problem that goes on before it was accepted is not listed as one that is over") {
  Rounds rounds({"discord"});
  rounds.enqueue("discord", {down("a", kTestTime), reminder()});
  CHECK(rounds.wanted("discord") == std::vector{reminder()});
}

TEST_CASE("what came while a message was in flight waits for what becomes of that") {
  Rounds rounds({"discord"});
  rounds.enqueue("discord", {down("a", kTestTime)});
  const auto sends = rounds.go();
  rounds.now += 60s - 1ms;
  rounds.enqueue("discord", {up("a", kTestTime + 4min)});
  rounds.outbox = read_outbox(write_outbox(rounds.outbox));
  CHECK(rounds.go().empty());
  SECTION("accepted, and the end is the end of it") {
    rounds.record_results(sends);
    CHECK(told(rounds, "discord") == up("a", kTestTime + 4min));
  }
  SECTION("not accepted, and all of it is told at once") {
    rounds.answers["discord"] = {.status = 500};
    rounds.record_results(sends);
    rounds.answers.clear();
    CHECK(told(rounds, "discord").title == "Service a was down 06:05:12–06:09:12");
  }
  SECTION("nothing is known of it, and that is told again") {
    rounds.now += 1ms;
    CHECK(told(rounds, "discord").title == "Service a was down 06:05:12–06:09:12");
  }
}

TEST_CASE("what may have been accepted is not cancelled") {
  Rounds rounds({"pagerduty"});
  rounds.enqueue("pagerduty", {down("a", kTestTime)});
  SECTION("in a round that came to no end") {
    rounds.go();
    rounds.now += 60s;
  }
  SECTION("by a call without an answer") {
    rounds.answers["pagerduty"] = kNoAnswerCame;
    rounds.round();
  }
  SECTION("by a gateway that heard nothing of it") {
    rounds.answers["pagerduty"] = {.status = 504};
    rounds.round();
  }
  SECTION("by a call without an answer, and one that was refused") {
    rounds.answers["pagerduty"] = kNoAnswerCame;
    rounds.round();
    rounds.now += 1min;
    rounds.answers["pagerduty"] = {.status = 401};
    rounds.round();
  }
  SECTION("because it was") {
    rounds.round();
  }
  rounds.outbox = read_outbox(write_outbox(rounds.outbox));
  rounds.enqueue("pagerduty", {up("a", kTestTime)});
  REQUIRE(rounds.wanted("pagerduty").size() == 1);
  CHECK(is_recovery(rounds.wanted("pagerduty")[0]));
  CHECK(rounds.wanted("pagerduty")[0].dedup_key == down("a", kTestTime).dedup_key);
}

TEST_CASE("an incident that nobody can have opened is cancelled") {
  for (const int status : {0, 400, 429, 500}) {
    Rounds rounds({"pagerduty"});
    rounds.enqueue("pagerduty", {down("a", kTestTime)});
    rounds.answers["pagerduty"] = {.status = status};
    if (status != 0) rounds.round();
    CHECK(rounds.wanted("pagerduty").size() == 1);
    rounds.enqueue("pagerduty", {up("a", kTestTime)});
    CHECK(rounds.troubles("pagerduty").empty());
  }
}

TEST_CASE("each incident of a service ends under the key that it began with, before the next begins") {
  Rounds rounds({"pagerduty"});
  rounds.enqueue("pagerduty", {down("a", kTestTime, 1)});
  rounds.round();
  rounds.enqueue("pagerduty", {up("a", kTestTime + 1min, 1), down("a", kTestTime + 2min, 2)});
  CHECK(told(rounds, "pagerduty") == up("a", kTestTime + 1min, 1));
  CHECK(told(rounds, "pagerduty") == down("a", kTestTime + 2min, 2));
}

TEST_CASE("a channel that does not take the end is not told of a problem that is over as of one that lasts") {
  Rounds rounds({"discord"});
  const auto correct = [&](const Message& message) {
    const std::vector<Announcement> correction = {{"discord", message, Relation::corrects}};
    enqueue(rounds.config, rounds.outbox, correction, rounds.now);
  };
  SECTION("when it knows nothing, it is told what was") {
    rounds.enqueue("discord", {down("a", kTestTime)});
    correct(up("a", kTestTime + 4min));
    CHECK(told(rounds, "discord").title == "Service a was down 06:05:12–06:09:12");
  }
  SECTION("when it knows all, it is told nothing, and nothing is remembered") {
    rounds.enqueue("discord", {down("a", kTestTime)});
    rounds.round();
    correct(up("a", kTestTime + 4min));
    CHECK(rounds.troubles("discord").empty());
  }
  SECTION("when it was in flight and is accepted, neither") {
    rounds.enqueue("discord", {down("a", kTestTime)});
    const auto sends = rounds.go();
    correct(up("a", kTestTime + 4min));
    rounds.record_results(sends);
    CHECK(rounds.troubles("discord").empty());
  }
  SECTION("when there is no such trouble, there is nothing to set right") {
    correct(up("a", kTestTime));
    CHECK(rounds.troubles("discord").empty());
  }
}

TEST_CASE("alerts from outside are as services are") {
  Rounds rounds({"discord", "pagerduty"});
  rounds.enqueue("discord", {firing(kTestTime), resolved(kTestTime + 4min)});
  rounds.enqueue("pagerduty", {firing(kTestTime), resolved(kTestTime + 4min)});
  CHECK(rounds.troubles("pagerduty").empty());
  const Message message = told(rounds, "discord");
  CHECK(headline(message) == "Resolved: High load was firing 06:05:12–06:09:12");
  CHECK(message.text == "It was firing 06:05:12–06:09:12: Load is 40");

  rounds.enqueue("discord", {firing(kTestTime)});
  rounds.round();
  rounds.enqueue("discord", {firing(kTestTime + 1min), resolved(kTestTime + 2min)});
  CHECK(told(rounds, "discord") == resolved(kTestTime + 2min));
}

TEST_CASE("an end of which no beginning is remembered is told") {
  for (const char* channel : {"discord", "pagerduty"}) {
    Rounds rounds({channel});
    rounds.enqueue(channel, {up("a", kTestTime), resolved(kTestTime)});
    CHECK(rounds.go().size() == 2);
  }
}

TEST_CASE("a message about a removal says what was not told") {
  Rounds rounds({"discord"});
  rounds.enqueue("discord", {down("a", kTestTime)});
  Message removal = change(MessageKind::resolved_by_removal, "a", kTestTime + 4min);
  removal.title = "No more about Service a";
  removal.text = "It is disabled";
  rounds.enqueue("discord", {removal});
  const Message message = told(rounds, "discord");
  CHECK(message.title == removal.title);
  CHECK(message.text == "It was down 06:05:12–06:09:12: No heartbeat for 6 min\nIt is disabled");
}

TEST_CASE("of more outages than are listed the rest is counted, whatever they were taken over from") {
  Rounds rounds({"discord"});
  for (int i = 0; i < 8; ++i) {
    const Time at = kTestTime + i * 10min;
    rounds.enqueue("discord", {degraded("a", at), worse("a", at + 2min), up("a", at + 4min)});
  }
  const Message message = told(rounds, "discord");
  CHECK(message.outages.size() == 10);
  CHECK(message.more_outages == 6);
  CHECK(message.text.find(" and 6 more before") != std::string::npos);
}

TEST_CASE("what an earlier version left in its queue is told in the order of this one") {
  Rounds rounds({"discord", "pagerduty"});
  const std::string messages =
      R"([{"queued":1795327512000,"attempts":2,"message":)" + write_message(down("a", kTestTime)) +
      R"(},{"queued":1795327512000,"form":"plain","message":)" + write_message(down("b", kTestTime)) +
      R"(},{"queued":1795327572000,"message":)" + write_message(up("a", kTestTime + 1min)) + "}]";
  rounds.outbox =
      read_outbox(R"({"channels":[{"channel":"discord","waiting":)" + messages +
                  R"(},{"channel":"pagerduty","trouble":"broken","failingSince":1795327512000,"waiting":)" +
                  messages + "}]}");
  CHECK(rounds.queue("pagerduty").notice == "channel:pagerduty:1795327512000");
  CHECK(rounds.headlines(rounds.go()) == Titles{"discord: Service a was down 06:05:12–06:06:12",
                                                "pagerduty: Service b is down",
                                                "discord: Service b is down"});
}

}  // namespace hb::troubles_test
