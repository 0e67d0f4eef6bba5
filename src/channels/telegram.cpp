#include "channels/telegram.hpp"

#include "config/secrets.hpp"
#include "message/message_template.hpp"
#include "message/wording.hpp"
#include "text/html.hpp"
#include "text/json.hpp"
#include "text/utf8.hpp"

namespace hb {
namespace {

// Telegram counts what is left when entities and tags are gone; counting all of it is on the safe side.
constexpr size_t kTelegramText = 4096;
constexpr size_t kTelegramPlainText = 1000;

// https://core.telegram.org/bots/api#html-style knows these four entities, and numbers.
void append_escaped(std::string& out, std::string_view text) {
  append_html(out, text);
}

std::string part(std::string_view text, size_t cap) {
  return escaped(text, append_escaped, cap);
}

std::string usual_lines(const DeliveryAttempt& attempt, const std::vector<Fact>& all, size_t cap) {
  const Message& message = attempt.message;
  std::string out = std::string(emoji(tone(message))) + " <b>" + part(headline(message), cap) + "</b>";
  const std::string body = body_text(message);
  if (!body.empty()) (out += '\n') += part(body, cap);
  std::string separator = "\n";
  for (const Fact& fact : all) {
    out += separator + "\n<b>" + part(fact.name, cap) + ":</b> " + part(fact.value, cap);
    separator.clear();
  }
  const std::string& url = attempt.config.settings.monitoring.public_url;
  if (!url.empty()) out += "\n\n<a href=\"" + part(url, kTelegramText) + "\">Dashboard</a>";
  return out;
}

std::string text_of(const DeliveryAttempt& attempt) {
  const TemplateTexts* texts = template_for(attempt);
  const std::string_view text = texts == nullptr ? std::string_view() : template_text(*texts, "message");
  if (text.empty()) {
    const std::vector<Fact> all = facts(attempt);
    return truncated(kTelegramText, [&](size_t cap) { return usual_lines(attempt, all, cap); });
  }
  const std::string filled = Variables(attempt).truncated(text, append_escaped, kTelegramText);
  return std::string(first_characters(filled, kTelegramText));
}

}  // namespace

Meaning telegram_meaning(const Channel& channel, const Answer& answer, const Json* json) {
  if (json == nullptr || !says_no(*json, "ok")) return {.status = answer.status};
  const int64_t code = integer_member(*json, "error_code").value_or(is_good(answer) ? 400 : answer.status);
  Meaning out{.status = code >= 300 && code <= 599 ? static_cast<int>(code) : 400};
  const Json* parameters = member(*json, "parameters");
  const auto moved = parameters == nullptr ? std::nullopt : integer_member(*parameters, "migrate_to_chat_id");
  if (!moved) return out;
  out.result = DeliveryResult::broken;
  out.words = "the group became a supergroup: set " + secret_name(channel.name, "CHATID") + " to " +
              std::to_string(*moved);
  return out;
}

Send telegram(const DeliveryAttempt& attempt) {
  JsonWriter json;
  json.begin_object().member("chat_id", attempt.credential("CHATID"));
  if (!attempt.channel.thread.empty()) json.key("message_thread_id").raw(attempt.channel.thread);
  if (attempt.options.form == Form::plain) {
    json.member("text", plain_text(attempt.message, kTelegramPlainText));
  } else {
    json.member("text", text_of(attempt)).member("parse_mode", "HTML");
  }
  json.key("link_preview_options").begin_object().member("is_disabled", true).end_object().end_object();
  // A token has a colon after its first part, and nothing else that a path would have to escape.
  const std::string_view token = attempt.credential("BOTTOKEN");
  const size_t colon = std::min(token.find(':'), token.size());
  const std::string tail = colon < token.size() ? ":" + percent_encoded(token.substr(colon + 1)) : "";
  return json_send(
      "https://api.telegram.org/bot" + percent_encoded(token.substr(0, colon)) + tail + "/sendMessage", json);
}

}  // namespace hb
