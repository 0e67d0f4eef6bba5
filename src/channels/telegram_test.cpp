#include "channels/telegram.hpp"

#include "message/message_test.hpp"
#include "text/utf8.hpp"

namespace hb::telegram_test {
namespace {

// Whether Telegram's parser would take it: known tags, closed in their order, and known entities alone.
bool is_telegram_html(std::string_view text) {
  std::vector<std::string> open;
  for (size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '>') return false;
    if (text[i] == '&') {
      const std::string_view entity = text.substr(i, std::min(text.find(';', i), text.size()) - i + 1);
      if (entity != "&amp;" && entity != "&lt;" && entity != "&gt;" && entity != "&quot;" &&
          entity != "&#39;")
        return false;
    }
    if (text[i] != '<') continue;
    const size_t end = text.find('>', i);
    if (end == text.npos) return false;
    const std::string tag(text.substr(i + 1, end - i - 1));
    i = end;
    if (tag.front() == '/') {
      if (open.empty() || open.back() != tag.substr(1)) return false;
      open.pop_back();
    } else {
      if (tag != "b" && !tag.starts_with("a href=\"https://")) return false;
      open.push_back(tag.substr(0, 1));
    }
  }
  return open.empty();
}

std::string text_of(const Config& config, const Message& message, Form form = Form::full) {
  const Json body = body_json(send_through(config, "telegram", message, {.at = kTestTime, .form = form}));
  CHECK(body["chat_id"] == "-1001234567890");
  CHECK(body.value("parse_mode", "") == (form == Form::full ? "HTML" : ""));
  const std::string text = string_member(body, "text").value_or("");
  CHECK((units(text) >= 1 && units(text) <= 4096));
  return text;
}

}  // namespace

TEST_CASE("a message is HTML that Telegram takes, within its limit, whatever the texts", "[slow]") {
  for (const MessageKind kind : {MessageKind::down, MessageKind::digest, MessageKind::alert}) {
    for (const Message& message : {hostile_message(kind), long_message(kind, 1), long_message(kind, 4096),
                                   long_message(kind, 10'000)}) {
      const std::string text = text_of(channel_config(), message);
      INFO(text);
      CHECK(is_telegram_html(text));
    }
  }
}

TEST_CASE("a Telegram template is HTML with escaped values") {
  Config config = channel_config();
  config.notifications.templates["telegram"] = {{"message", "<b>{{serviceName}}</b> {{message}}"}};
  Message message = down_message();
  message.service_name = "<i>a & b";
  CHECK(text_of(config, message) == "<b>&lt;i&gt;a &amp; b</b> No heartbeat for 6 min, limit 5 min");
  const std::string text = text_of(config, long_message(MessageKind::down, 10'000));
  CHECK(is_telegram_html(text));
  CHECK(units(text) > 3000);
}

TEST_CASE("the plain form for Telegram has no markup and asks for none") {
  CHECK(text_of(channel_config(), down_message(), Form::plain) ==
        "Website is down\nNo heartbeat for 6 min, limit 5 min");
  CHECK(units(text_of(channel_config(), long_message(MessageKind::digest, 10'000), Form::plain)) <= 1000);
}

TEST_CASE("the token of a bot cannot lead to another address") {
  Config config = channel_config();
  config.secrets.notification["NOTIFICATION_TELEGRAM_BOTTOKEN"] = "1:a/../b?c#d";
  CHECK(send_through(config, "telegram", down_message()).url ==
        "https://api.telegram.org/bot1:a%2F..%2Fb%3Fc%23d/sendMessage");
}

}  // namespace hb::telegram_test
