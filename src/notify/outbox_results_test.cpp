#include "notify/outbox_test.hpp"

namespace hb::outbox_results_test {
namespace {

const Answer kUnauthorized{.status = 401};
const Answer kUnavailable{.status = 503};
const Answer kBad{.status = 400, .body = R"({"message":"Bad markup"})"};

}  // namespace

TEST_CASE("what is accepted is known, and its channel is healthy again") {
  Rounds rounds({"discord"});
  rounds.enqueue("discord", {down("a", kTestTime), down("b", kTestTime)});
  rounds.queue("discord").health = ChannelHealth::failing;
  rounds.queue("discord").failing_since = kTestTime;
  rounds.queue("discord").words = "HTTP 500";
  CHECK(rounds.round() == RecordedResults{.sent = 2});
  CHECK(rounds.wanted("discord").empty());
  CHECK(rounds.queue("discord") ==
        ChannelQueue{.channel = "discord", .troubles = rounds.troubles("discord")});
  CHECK(faults(rounds.config, rounds.outbox).empty());
}

TEST_CASE("what a provider cannot take yet is tried again after ever longer pauses, up to an hour") {
  Rounds rounds({"discord"});
  rounds.enqueue("discord", {down("a", kTestTime)});
  rounds.answers["discord"] = kUnavailable;
  for (const Millis pause : std::vector<Millis>{1min, 2min, 4min, 8min, 16min, 32min, 1h, 1h}) {
    const auto sends = rounds.go();
    REQUIRE(sends.size() == 1);
    rounds.now += 20s;  // the sends take their time
    CHECK(rounds.record_results(sends) == RecordedResults{.log = {"discord: HTTP 503"}});
    rounds.now += pause - 20s - 1ms;
    CHECK(rounds.go().empty());
    rounds.now += 1ms;
  }
  CHECK(rounds.troubles("discord")[0].attempts == 8);
  CHECK(rounds.wanted("discord") == std::vector{down("a", kTestTime)});
  CHECK(faults(rounds.config, rounds.outbox) ==
        std::vector<ChannelFault>{
            {.channel = "discord", .failing_since = kTestTime + 20s, .words = "HTTP 503", .queued = 1}});
}

TEST_CASE("Retry-After holds for the whole channel") {
  Rounds rounds({"discord"});
  rounds.enqueue("discord", {down("a", kTestTime)});
  rounds.answers["discord"] = {.status = 429, .retry_after = "600"};
  rounds.round();
  rounds.enqueue("discord", {down("b", kTestTime)});
  rounds.now += 10min - 1ms;
  CHECK(rounds.go().empty());
  rounds.now += 1ms;
  CHECK(rounds.go().size() == 2);
}

TEST_CASE("through a channel that failed only a few go at once, until one is accepted") {
  Rounds rounds({"discord"});
  rounds.enqueue("discord", many(5, kTestTime, down));
  rounds.answers["discord"] = kUnavailable;
  rounds.round();
  rounds.now += 1h;
  const auto sends = rounds.go();
  CHECK(sends.size() == 3);
  rounds.answers.clear();
  rounds.record_results(sends);
  CHECK(rounds.go().size() == 2);
}

TEST_CASE("a broken channel is tried every five minutes with one message") {
  Rounds rounds({"discord"});
  rounds.enqueue("discord", {down("a", kTestTime), down("b", kTestTime)});
  rounds.answers["discord"] = kUnauthorized;
  const auto sends = rounds.go();
  rounds.now += 20s;
  rounds.record_results(sends);
  CHECK(rounds.queue("discord").health == ChannelHealth::broken);
  rounds.now = kTestTime + 5min - 1ms;
  rounds.enqueue("discord", {down("c", rounds.now)});
  CHECK(rounds.go().empty());
  rounds.now += 1ms;
  const auto second = rounds.go();
  CHECK(second.size() == 1);
  SECTION("and stays broken whatever else it says") {
    const Outbox before = rounds.outbox;
    for (const Answer& answer : {kUnavailable, kBad, kUnauthorized}) {
      rounds.outbox = before;
      rounds.now = kTestTime + 5min;
      rounds.answers["discord"] = answer;
      rounds.record_results(second);
      CHECK(rounds.queue("discord").health == ChannelHealth::broken);
      rounds.now += 5min - 1ms;
      CHECK(rounds.go().empty());
      rounds.now += 1ms;
      CHECK(rounds.go().size() == 1);
    }
  }
  SECTION("and is well when it is accepted") {
    rounds.answers.clear();
    rounds.record_results(second);
    CHECK(rounds.queue("discord").health == ChannelHealth::healthy);
    CHECK(rounds.go().size() == 2);
  }
}

TEST_CASE("that a channel is broken is announced once through the others") {
  Rounds rounds({"discord", "slack", "pagerduty"});
  rounds.enqueue("discord", {down("a", kTestTime)});
  rounds.answers["discord"] = kUnauthorized;
  rounds.round();
  REQUIRE(rounds.wanted("slack").size() == 1);
  const Message notice = rounds.wanted("slack")[0];
  CHECK(notice.kind == MessageKind::notice);
  CHECK(notice.title == "The channel discord is broken");
  CHECK(notice.text == "HTTP 401. Its messages wait until it is repaired.");
  CHECK(rounds.wanted("pagerduty").size() == 1);
  CHECK(rounds.wanted("discord").size() == 1);
  rounds.round();
  rounds.now += 5min;
  rounds.round();
  CHECK(rounds.wanted("slack").empty());
  CHECK(rounds.wanted("pagerduty").empty());

  const auto check_told_of_the_end = [&] {
    for (const char* other : {"slack", "pagerduty"}) {
      REQUIRE(rounds.wanted(other).size() == 1);
      CHECK(is_recovery(rounds.wanted(other)[0]));
      CHECK(rounds.wanted(other)[0].dedup_key == notice.dedup_key);
    }
  };
  SECTION("and so is that it works again") {
    rounds.answers.clear();
    rounds.now += 5min;
    rounds.round();
    check_told_of_the_end();
  }
  SECTION("or is gone") {
    channel_named(rounds.config, "discord").enabled = false;
    rounds.enqueue("slack", {});
    check_told_of_the_end();
  }
  SECTION("but not to who takes no recoveries") {
    channel_named(rounds.config, "slack").events.up = false;
    rounds.answers.clear();
    rounds.now += 5min;
    rounds.round();
    CHECK(rounds.wanted("slack").empty());
    CHECK(rounds.wanted("pagerduty").size() == 1);
  }
}

TEST_CASE("a broken channel that has nothing to tell is tried, ever more rarely, until it works again") {
  Rounds rounds({"pagerduty", "slack"});
  rounds.enqueue("pagerduty", {down("a", kTestTime)});
  rounds.answers["pagerduty"] = kUnauthorized;
  rounds.round();
  rounds.enqueue("pagerduty", {up("a", kTestTime + 1min)});
  rounds.round();
  REQUIRE(rounds.wanted("pagerduty").size() == 1);
  const Message proof = rounds.wanted("pagerduty")[0];
  CHECK(proof.title == "The channel pagerduty works again");
  CHECK(proof.text == "It took no message since 2026-11-22 06:05:12 UTC");

  SECTION("which the others are told") {
    for (const Millis pause : std::vector<Millis>{5min, 5min, 5min, 5min, 8min, 16min}) {
      rounds.now += pause - 1ms;
      CHECK(rounds.go().empty());
      rounds.now += 1ms;
      CHECK(rounds.round().log.size() == 1);
    }
    rounds.answers.clear();
    rounds.now += 1h;
    CHECK(rounds.round().sent == 1);
    CHECK(rounds.queue("pagerduty").health == ChannelHealth::healthy);
    REQUIRE(rounds.wanted("slack").size() == 1);
    CHECK(is_recovery(rounds.wanted("slack")[0]));
    CHECK(rounds.troubles("pagerduty").empty());
  }
  SECTION("and with something else as soon as there is any") {
    rounds.now += 5min;
    rounds.enqueue("pagerduty", {down("b", rounds.now)});
    CHECK(rounds.wanted("pagerduty") == std::vector{down("b", rounds.now)});
    rounds.answers.clear();
    CHECK(rounds.round().sent == 1);
    CHECK(rounds.queue("pagerduty").notice.empty());
  }
  SECTION("but not once it is not configured any more") {
    channel_named(rounds.config, "pagerduty").enabled = false;
    rounds.enqueue("slack", {});
    CHECK(find_queue(rounds.outbox, "pagerduty") == nullptr);
  }
}

TEST_CASE("that a channel works again before the others could be told that it does not is told to nobody") {
  Rounds rounds({"discord", "slack", "pagerduty"});
  rounds.enqueue("discord", {down("a", kTestTime)});
  rounds.answers["discord"] = kUnauthorized;
  for (const char* other : {"slack", "pagerduty"}) rounds.answers[other] = kUnavailable;
  rounds.round();
  rounds.round();
  rounds.answers.erase("discord");
  rounds.now += 5min;
  rounds.round();
  CHECK(rounds.troubles("slack").empty());
  CHECK(rounds.troubles("pagerduty").empty());
}

TEST_CASE(
    "what a provider refuses is sent once more, in plain form, and then ever more rarely, but never given "
    "up") {
  Rounds rounds({"discord"});
  rounds.enqueue("discord", {down("a", kTestTime)});
  rounds.answers["discord"] = kBad;
  CHECK(rounds.round() == RecordedResults{.log = {"discord: HTTP 400: Bad markup"}});
  CHECK(rounds.troubles("discord").at(0).refusals == 1);
  CHECK(faults(rounds.config, rounds.outbox).empty());
  rounds.now += 57s;  // a check may come early

  SECTION("when it is refused again") {
    const Time since = rounds.now;
    CHECK(rounds.round() == RecordedResults{.failed = 1, .log = {"discord: HTTP 400: Bad markup"}});
    CHECK(faults(rounds.config, rounds.outbox) == std::vector<ChannelFault>{{.channel = "discord",
                                                                             .failing_since = since,
                                                                             .words = "HTTP 400: Bad markup",
                                                                             .failed = 1,
                                                                             .queued = 1}});
    CHECK(read_outbox(write_outbox(rounds.outbox)) == rounds.outbox);
    for (const Millis pause : std::vector<Millis>{2min, 4min, 8min, 16min, 32min, 1h, 1h}) {
      rounds.now += pause - 1ms;
      CHECK(rounds.go().empty());
      rounds.now += 1ms;
      CHECK(rounds.round().failed == 1);
    }
    rounds.answers.clear();
    rounds.now += 1h;
    CHECK(rounds.round() == RecordedResults{.sent = 1});
    CHECK(faults(rounds.config, rounds.outbox).empty());
  }
  SECTION("but not when it is accepted") {
    rounds.answers.clear();
    CHECK(rounds.round() == RecordedResults{.sent = 1});
  }
}

TEST_CASE("that a channel refuses a recovery is announced once through the others") {
  Rounds rounds({"discord", "slack", "pagerduty"});
  rounds.enqueue("discord", {down("a", kTestTime), down("b", kTestTime)});
  rounds.round();
  rounds.answers["discord"] = kBad;
  rounds.enqueue("discord", {up("a", kTestTime + 1min), up("b", kTestTime + 1min)});
  rounds.round();
  CHECK(rounds.wanted("slack").empty());
  rounds.round();
  REQUIRE(rounds.wanted("slack").size() == 1);
  const Message notice = rounds.wanted("slack")[0];
  CHECK(notice.title == "The channel discord refuses a recovery");
  CHECK(notice.text ==
        "It was not told: Service a is up. HTTP 400. It is tried again, once an hour at least.");
  CHECK(rounds.wanted("pagerduty").size() == 1);
  for (int i = 0; i < 120; ++i) {
    rounds.now += 1min;
    rounds.round();
  }
  CHECK(rounds.notified.size() == 4);  // two problems, and the notice twice
  rounds.answers.clear();
  rounds.now += 1h;
  rounds.round();
  rounds.round();
  CHECK(rounds.wanted("discord").empty());
  CHECK(rounds.troubles("slack").size() == 0);
  CHECK(rounds.notified.back().message.dedup_key == notice.dedup_key);
  CHECK(rounds.notified.back().channel == "pagerduty");
}

TEST_CASE("that a channel refuses a problem is no news to the others") {
  Rounds rounds({"discord", "slack"});
  rounds.enqueue("discord", {down("a", kTestTime)});
  rounds.answers["discord"] = kBad;
  rounds.round();
  rounds.round();
  CHECK(rounds.wanted("slack").empty());
}

TEST_CASE("answers about what is not queued any more are left out") {
  Rounds rounds({"discord", "slack"});
  rounds.enqueue("discord", {down("a", kTestTime)});
  const Outbox before = rounds.outbox;
  const std::vector<Result> results = {{"discord", "msg_other", {.status = 200}},
                                       {"slack", message_id(down("a", kTestTime)), kUnauthorized},
                                       {"nobody", message_id(down("a", kTestTime)), kUnauthorized}};
  CHECK(record_results(rounds.config, rounds.outbox, results, rounds.now) == RecordedResults{});
  CHECK(rounds.outbox == before);
}

TEST_CASE("what had no answer is sent again a minute later") {
  Rounds rounds({"discord"});
  rounds.enqueue("discord", {down("a", kTestTime)});
  const auto sends = rounds.go();
  CHECK(record_results(rounds.config, rounds.outbox, {}, rounds.now) == RecordedResults{});
  rounds.now += 1min;
  CHECK(rounds.go() == sends);
}

}  // namespace hb::outbox_results_test
