#include "message/neutral.hpp"

#include "config/channel_types.hpp"
#include "message/message_test.hpp"
#include "text/visible.hpp"

namespace hb::neutral_test {

TEST_CASE("no text of a message has an invisible character, and what identifies it stays") {
  const std::string bad = "a\u202Eb\u2028c" + std::string(1, '\0') + "d";
  Message message = down_message();
  for (std::string Message::*text :
       {&Message::title, &Message::text, &Message::source, &Message::service_name, &Message::group_name,
        &Message::heartbeat_message, &Message::url, &Message::dedup_key})
    message.*text = bad;
  message.lines = {bad};
  message.labels = Json{{bad, {bad, {{"x", bad}}}}, {"n", 5}}.dump();
  const Message out = neutral(message);
  CHECK(out.title == "ab\ncd");
  CHECK(out.lines == std::vector<std::string>{"ab\ncd"});
  CHECK(parse_json(out.labels) == Json{{"ab\ncd", {"ab\ncd", {{"x", "ab\ncd"}}}}, {"n", 5}});
  CHECK(out.dedup_key == bad);
}

TEST_CASE("labels that are no JSON, or plain, stay as they are") {
  for (const char* labels : {"", "x\\", R"({"b":1, "a":"x"})"})
    CHECK(neutral({.labels = labels}).labels == labels);
}

TEST_CASE("through no channel goes anything that turns the text around it") {
  const Config config = channel_config();
  for (const Channel& channel : config.notifications.channels) {
    for (const MessageKind kind : {MessageKind::down, MessageKind::alert, MessageKind::digest}) {
      if (kind == MessageKind::digest && keeps_incidents(channel)) continue;
      Message message = hostile_message(kind);
      message.lines = {kHostile};
      message.text += "\u2028" + std::string(1, '\0');
      const Send send = send_through(config, channel.name, message);
      const std::string body = decoded_path(send.body);
      INFO(channel.name << " " << body);
      for (const char* bad : {"\u202E", "\u2028", "\\u202e", "\\u2028", "\\u0000", "%00"})
        CHECK(body.find(bad) == std::string::npos);
      CHECK(body.find('\0') == std::string::npos);
    }
  }
}

}  // namespace hb::neutral_test
