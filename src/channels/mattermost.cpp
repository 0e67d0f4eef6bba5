#include "channels/mattermost.hpp"

#include "channels/markup.hpp"
#include "channels/title_and_message.hpp"

namespace hb {
namespace {

// Mattermost takes 16,383 characters, Rocket.Chat 5,000 unless its administrator says otherwise.
constexpr TextRules kAttachment{.title = 250, .message = 4'000, .escape = append_markdown, .bold = "**"};

}  // namespace

Send mattermost(const DeliveryAttempt& attempt) {
  const TitleAndMessage words = title_and_message(attempt, kAttachment);
  JsonWriter json;
  json.begin_object();
  if (attempt.options.form == Form::plain) {
    json.member("text", words.message).end_object();
    return json_send(std::string(attempt.credential("WEBHOOKURL")), json);
  }
  const std::string title = escaped(words.title, append_unmentioned, kAttachment.message);
  json.key("attachments").begin_array().begin_object().member("fallback", title);
  json.member("color", css_color(tone(attempt.message))).member("title", title);
  if (!dashboard_url(attempt).empty()) json.member("title_link", dashboard_url(attempt));
  json.member("text", words.message).end_object().end_array().end_object();
  return json_send(std::string(attempt.credential("WEBHOOKURL")), json);
}

Send rocketchat(const DeliveryAttempt& attempt) {
  return mattermost(attempt);
}

}  // namespace hb
