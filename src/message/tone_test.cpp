#include "message/tone.hpp"

#include "catch.hpp"

namespace hb::tone_test {
namespace {

Message message_of(MessageKind kind, std::string severity, std::string status) {
  return {.kind = kind, .severity = std::move(severity), .status = std::move(status)};
}

}  // namespace

TEST_CASE("the tone of a service's change is that of its new status") {
  CHECK(tone(message_of(MessageKind::down, "", "")) == Tone::bad);
  CHECK(tone(message_of(MessageKind::degraded, "", "")) == Tone::warning);
  CHECK(tone(message_of(MessageKind::up, "", "")) == Tone::good);
  CHECK(tone(message_of(MessageKind::resolved_by_removal, "critical", "down")) == Tone::info);
  CHECK(tone(message_of(MessageKind::reminder, "", "down")) == Tone::bad);
  CHECK(tone(message_of(MessageKind::reminder, "", "degraded")) == Tone::warning);
}

TEST_CASE("the tone of an alert is that of its severity until it is resolved") {
  for (const MessageKind kind : {MessageKind::alert, MessageKind::notice, MessageKind::test}) {
    CHECK(tone(message_of(kind, "critical", "firing")) == Tone::bad);
    CHECK(tone(message_of(kind, "error", "")) == Tone::bad);
    CHECK(tone(message_of(kind, "warning", "firing")) == Tone::warning);
    CHECK(tone(message_of(kind, "info", "firing")) == Tone::info);
    CHECK(tone(message_of(kind, "critical", "resolved")) == Tone::good);
    CHECK(tone(message_of(kind, "", "firing")) == Tone::bad);
  }
}

TEST_CASE("only what is over is a recovery") {
  CHECK(is_recovery(message_of(MessageKind::up, "", "")));
  CHECK(is_recovery(message_of(MessageKind::resolved_by_removal, "", "")));
  CHECK(is_recovery(message_of(MessageKind::alert, "critical", "resolved")));
  CHECK(is_recovery(message_of(MessageKind::test, "", "up")));
  for (const MessageKind kind :
       {MessageKind::down, MessageKind::degraded, MessageKind::reminder, MessageKind::digest})
    CHECK_FALSE(is_recovery(message_of(kind, "", "resolved")));
  for (const char* status : {"", "firing", "down", "degraded"})
    CHECK_FALSE(is_recovery(message_of(MessageKind::alert, "", status)));
}

}  // namespace hb::tone_test
