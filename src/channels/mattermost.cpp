#include "channels/mattermost.hpp"

#include "channels/markup.hpp"
#include "channels/title_and_message.hpp"

namespace hb {
namespace {

// https://developers.mattermost.com/integrate/webhooks/incoming/#tips-and-best-practices: 16,383 characters
constexpr TextRules kMattermost{.title = 250, .message = 4'000, .escape = append_markdown, .bold = "**"};

// 5,000 characters unless the administrator says otherwise, and markup without escapes:
// https://github.com/RocketChat/Rocket.Chat/blob/develop/packages/message-parser/src/grammar.pegjs
constexpr TextRules kRocketChat{.title = 250, .message = 4'000, .escape = append_lookalikes, .bold = "**"};

Send attachment(const DeliveryAttempt& attempt, const TextRules& rules, Escape escape_title) {
  const TitleAndMessage words = title_and_message(attempt, rules);
  JsonWriter json;
  json.begin_object();
  if (attempt.options.form == Form::plain) {
    json.member("text", words.message).end_object();
    return json_send(std::string(attempt.credential("WEBHOOKURL")), json);
  }
  const std::string title = escaped(words.title, escape_title, rules.message);
  json.key("attachments").begin_array().begin_object().member("fallback", title);
  json.member("color", css_color(tone(attempt.message))).member("title", title);
  if (!dashboard_url(attempt).empty()) json.member("title_link", dashboard_url(attempt));
  json.member("text", words.message).end_object().end_array().end_object();
  return json_send(std::string(attempt.credential("WEBHOOKURL")), json);
}

}  // namespace

Send mattermost(const DeliveryAttempt& attempt) {
  return attachment(attempt, kMattermost, append_unmentioned);
}

Send rocketchat(const DeliveryAttempt& attempt) {
  return attachment(attempt, kRocketChat, append_lookalikes);
}

}  // namespace hb
