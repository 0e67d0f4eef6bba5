#include "documents/message.hpp"

#include "exact.hpp"
#include "message/message_test.hpp"

namespace hb::message_test {
namespace {

Message full_message() {
  Message message = hostile_message(MessageKind::digest);
  message.status = "down";
  message.duration = 90s;
  message.url = "https://grafana.example/d/1";
  message.annotations = R"({"summary":"x"})";
  message.metadata = message.labels = R"({"a":"<b>","n":1})";
  message.lines = {"web is down", "", kHostile};
  message.more = 7;
  return message;
}

}  // namespace

TEST_CASE("a message is read as it was written") {
  Message full = full_message();
  // Objects come back in the one form in which JSON is printed.
  full.metadata = full.labels = R"({"a":"\u003cb>","n":1})";
  for (const Message& message : {full, down_message(), up_message(), Message{}}) {
    INFO(write_message(message));
    CHECK(read_message(write_message(message)) == message);
    CHECK(write_message(message).find('<') == std::string::npos);
  }
}

TEST_CASE("an empty message takes few bytes") {
  CHECK(write_message({}) == R"({"kind":"notice","timestamp":0})");
}

TEST_CASE("every kind of message has a name of its own") {
  for (int i = 0; i <= static_cast<int>(MessageKind::test); ++i) {
    const auto kind = static_cast<MessageKind>(i);
    CHECK(kind_named(kind_name(kind)) == kind);
  }
  for (const char* name : {"", "Down", "dow", "downs"}) CHECK_FALSE(kind_named(name));
}

TEST_CASE("a message that is cut anywhere is no message") {
  const std::string text = write_message(full_message());
  each_beginning(text, [&](std::string_view cut) {
    CHECK(read_message(cut).has_value() == (cut.size() == text.size()));
  });
}

TEST_CASE("what has no kind or no time is no message") {
  for (const char* text :
       {"", "null", "7", "[]", "{}", R"({"kind":"down"})", R"({"timestamp":1})",
        R"({"kind":"down","timestamp":"1"})", R"({"kind":"down","timestamp":-1})",
        R"({"kind":"down","timestamp":1.5})", R"({"kind":"down","timestamp":253402300800000})",
        R"({"kind":"DOWN","timestamp":1})", R"({"kind":1,"timestamp":1})"}) {
    INFO(text);
    CHECK_FALSE(read_message(Exact(text).view()));
  }
  CHECK(read_message(R"({"kind":"down","timestamp":253402300799999})"));
  CHECK(read_message(R"({"kind":"down","timestamp":0})"));
}

TEST_CASE("members of a message that have another type read as empty") {
  const auto message = read_message(
      R"({"kind":"down","timestamp":1,"title":5,"text":[],"labels":"x","metadata":[1],"annotations":{},"lines":{},
      "more":-4,"since":"soon","durationMs":-1,"lastSeen":1e300,"dedupKey":null})");
  CHECK(message == Message{.kind = MessageKind::down, .timestamp = from_ms(1)});
  CHECK(read_message(R"({"kind":"up","timestamp":1,"lines":["a",5],"more":1e9})") ==
        Message{.kind = MessageKind::up, .timestamp = from_ms(1), .lines = {"a", ""}, .more = 1'000'000});
}

TEST_CASE("the id of a message stays the same over its attempts and differs from every other's") {
  const Message down = down_message();
  Message later = down;
  later.timestamp += 1ms;
  Message other = down;
  other.dedup_key += "1";
  CHECK(message_id(down) == message_id(*read_message(write_message(down))));
  CHECK(message_id(down) != message_id(up_message()));
  CHECK(message_id(down) != message_id(later));
  CHECK(message_id(down) != message_id(other));
  CHECK(message_id(hostile_message(MessageKind::down)).find_first_not_of("msg_0123456789abcdef") ==
        std::string::npos);
}

}  // namespace hb::message_test
