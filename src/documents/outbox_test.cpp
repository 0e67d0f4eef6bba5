#include "documents/outbox.hpp"

#include "notify/outbox_test.hpp"

namespace hb::outbox_test {
namespace {

Outbox full_outbox() {
  Rounds rounds({"discord", "slack"});
  rounds.enqueue("discord", {down_message(), down("other", kTestTime)});
  Trouble& trouble = rounds.troubles("discord").front();
  trouble.accepted = Accepted{"degraded", kTestTime - 1h, kTestTime - 5min, "key \"1\""};
  trouble.attempts = 3;
  trouble.refusals = 2;
  trouble.not_before = kTestTime + 4min;
  trouble.lease = Lease{"msg_1", kTestTime};
  trouble.may_be_accepted = true;
  trouble.later = {{down("web", kTestTime), Relation::continues},
                   {up("web", kTestTime + 1min), Relation::corrects}};
  trouble.wanted->outages = {{Status::degraded, kTestTime - 2h, kTestTime - 1h}};
  trouble.wanted->more_outages = 2;
  rounds.troubles("discord").push_back(
      {.key = "told", .accepted = Accepted{.status = "firing", .since = kTestTime}});
  ChannelQueue& slack = rounds.queue("slack");
  slack.health = ChannelHealth::broken;
  slack.failing_since = kTestTime - 1h;
  slack.words = "HTTP 404: \"no_service\" ünd";
  slack.next_try = kTestTime + 5min;
  slack.failed = 7;
  slack.notice = "channel:slack:1";
  slack.gone_since = kTestTime - 2h;
  return rounds.outbox;
}

}  // namespace

TEST_CASE("an outbox is read as it was written") {
  const Outbox outbox = full_outbox();
  CHECK(read_outbox(write_outbox(outbox)) == outbox);
  CHECK(write_outbox(read_outbox(write_outbox(outbox))) == write_outbox(outbox));
}

TEST_CASE("every problem of a channel has a stored form") {
  using enum ChannelHealth;
  for (const ChannelHealth health : {refusing, failing, broken, unset}) {
    const Outbox outbox{{{.channel = "slack", .health = health, .notice = "n"}}};
    CHECK(read_outbox(write_outbox(outbox)) == outbox);
  }
}

TEST_CASE("an outbox without anything to say is short") {
  CHECK(write_outbox({}) == R"({"channels":[]})");
  CHECK(write_outbox({{{.channel = "slack"}}}) == R"({"channels":[]})");
}

TEST_CASE("of a damaged outbox everything before the damage is read") {
  const Outbox outbox = full_outbox();
  const std::string text = write_outbox(outbox);
  size_t last_seen = 0;
  for (size_t length = 0; length < text.size(); ++length) {
    const Outbox read = read_outbox(text.substr(0, length));
    const size_t queued = read.channels.empty() ? 0 : read.channels[0].troubles.size();
    INFO(text.substr(0, length));
    REQUIRE(queued <= outbox.channels[0].troubles.size());
    CHECK(queued >= last_seen);
    last_seen = queued;
    for (size_t i = 0; i < queued; ++i) CHECK(read.channels[0].troubles[i] == outbox.channels[0].troubles[i]);
  }
  const size_t second = text.find("},{\"key\":\"other\"");
  CHECK(read_outbox(text.substr(0, second)).channels.at(0).troubles.empty());
  CHECK(read_outbox(text.substr(0, second + 1)).channels.at(0).troubles.size() == 1);
}

TEST_CASE("what is no outbox reads as an empty one") {
  for (const char* text : {"", "null", "[]", "{}", "{\"channels\":5}", "{\"channels\":[5,null,\"x\",[]]}",
                           "{\"channels\":[{}]}", "{\"channels\":[{\"channel\":5,\"waiting\":[]}]}",
                           "{\"channels\":{\"channel\":\"x\"}}", "\xff\xfe", "{\"channels\":[{\"channel\""}) {
    INFO(text);
    CHECK(read_outbox(text) == Outbox{});
  }
}

TEST_CASE("members of an outbox that are of another type are left out") {
  const Outbox read = read_outbox(
      R"({"channels":[{"channel":"slack","trouble":"odd","failingSince":"x","words":5,"nextTry":-1,"failed":-3,)"
      R"("later":{"a":[]},"waiting":[5,{},{"message":{}},{"queued":"x","attempts":-1,"notBefore":1e99,"form":"odd",)"
      R"("mayBeTold":1,"message":{"kind":"down","timestamp":5}}]}]})");
  REQUIRE(read.channels.size() == 1);
  CHECK(read.channels[0] ==
        ChannelQueue{.channel = "slack",
                     .troubles = {{.wanted = Message{.kind = MessageKind::down, .timestamp = from_ms(5)},
                                   .wanted_since = from_ms(5)}}});
}

TEST_CASE("a channel that is there twice is one") {
  Outbox twice;
  for (const char* service : {"a", "b"})
    twice.channels.push_back(
        {.channel = "slack",
         .troubles = {{.key = service, .wanted = down(service, kTestTime), .wanted_since = kTestTime}}});
  const Outbox read = read_outbox(write_outbox(twice));
  REQUIRE(read.channels.size() == 1);
  CHECK(read.channels[0].troubles.size() == 2);
}

}  // namespace hb::outbox_test
