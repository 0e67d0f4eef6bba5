#include "channels/googlechat.hpp"

#include "channels/markup.hpp"
#include "channels/title_and_message.hpp"
#include "text/html.hpp"

namespace hb {
namespace {

// A message may have 32,000 bytes, https://developers.google.com/workspace/chat/api/reference/rest/v1/spaces.messages.
// In cards a few tags of HTML are markup, https://developers.google.com/workspace/chat/format-messages#card-formatting.
constexpr TextRules kGoogleChat{.title = 200, .message = 4'000, .escape = append_html};

void print_button(JsonWriter& json, const std::string& url) {
  if (url.empty()) return;
  json.begin_object().key("buttonList").begin_object().key("buttons").begin_array().begin_object();
  json.member("text", "Dashboard").key("onClick").begin_object().key("openLink").begin_object();
  json.member("url", url).end_object().end_object().end_object().end_array().end_object().end_object();
}

void print_card(JsonWriter& json, const DeliveryAttempt& attempt) {
  const TitleAndMessage words = title_and_message(attempt, kGoogleChat);
  json.member("fallbackText", words.title).key("cardsV2").begin_array().begin_object();
  json.key("card").begin_object().key("header").begin_object().member("title", words.title).end_object();
  json.key("sections").begin_array().begin_object().key("widgets").begin_array();
  json.begin_object()
      .key("textParagraph")
      .begin_object()
      .member("text", words.message)
      .end_object()
      .end_object();
  print_button(json, dashboard_url(attempt));
  json.end_array().end_object().end_array().end_object().end_object().end_array();
}

}  // namespace

Send googlechat(const DeliveryAttempt& attempt) {
  JsonWriter json;
  json.begin_object();
  if (attempt.options.form == Form::plain) {
    json.member("text", escaped(plain_text(attempt.message, 2'000), append_lookalikes, 4'000));
  } else {
    print_card(json, attempt);
  }
  json.end_object();
  return json_send(std::string(attempt.credential("WEBHOOKURL")), json);
}

}  // namespace hb
