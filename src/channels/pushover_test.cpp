#include "channels/pushover.hpp"

#include "message/message_test.hpp"
#include "text/utf8.hpp"
#include "text/visible.hpp"

namespace hb::pushover_test {
namespace {

std::string priority_of(MessageKind kind, std::string severity, std::string status) {
  const Message message{.kind = kind, .severity = std::move(severity), .status = std::move(status)};
  return parameter(send_through(channel_config(), "pushover", message), "priority");
}

}  // namespace

TEST_CASE("a title has 250 characters at most and a message 1,024, whatever the texts") {
  for (const size_t size : {size_t{1}, size_t{249}, size_t{1024}, size_t{10'000}}) {
    for (const Form form : {Form::full, Form::plain}) {
      const Send send = send_through(channel_config(), "pushover", long_message(MessageKind::down, size),
                                     {kTestTime, {}, form});
      CHECK((units(parameter(send, "title")) >= 1 && units(parameter(send, "title")) <= 250));
      CHECK((units(parameter(send, "message")) >= 1 && units(parameter(send, "message")) <= 1024));
    }
  }
}

TEST_CASE("the priority is high for what is down and low for mere information") {
  CHECK(priority_of(MessageKind::down, "", "") == "1");
  CHECK(priority_of(MessageKind::degraded, "", "") == "0");
  CHECK(priority_of(MessageKind::up, "", "") == "0");
  CHECK(priority_of(MessageKind::alert, "critical", "firing") == "1");
  CHECK(priority_of(MessageKind::alert, "error", "firing") == "1");
  CHECK(priority_of(MessageKind::alert, "warning", "firing") == "0");
  CHECK(priority_of(MessageKind::alert, "info", "firing") == "-1");
  CHECK(priority_of(MessageKind::alert, "critical", "resolved") == "0");
  CHECK(priority_of(MessageKind::test, "", "down") == "0");
}

TEST_CASE("Pushover's sound is the user's own") {
  CHECK(parameter(send_through(channel_config(), "pushover", down_message()), "sound").empty());
}

TEST_CASE("a Pushover template replaces title and message, each on its own") {
  Config config = channel_config();
  config.notifications.templates["pushover"] = {{"title", "{{serviceName}}\n!"}};
  Send send = send_through(config, "pushover", hostile_message(MessageKind::down));
  CHECK(parameter(send, "title") == shortened(visible(kHostile) + " !", 250));
  CHECK(parameter(send, "message").starts_with(visible(kHostile)));

  config.notifications.templates["pushover"] = {{"message", "{{eventType}} {{x}}"}};
  send = send_through(config, "pushover", down_message());
  CHECK(parameter(send, "title") == "🔴 Website is down");
  CHECK(parameter(send, "message") == "down {{x}}");
}

}  // namespace hb::pushover_test
