#include "channels/teams.hpp"

#include "channels/markup.hpp"
#include "channels/title_and_message.hpp"
#include "message/message_template.hpp"

namespace hb {
namespace {

// A message may have 28 kB, https://learn.microsoft.com/en-us/microsoftteams/limits-specifications-teams; a unit has at
// most three bytes, a fact 400 units of them. A backslash before a sign of Markdown is shown on some devices.
constexpr TextRules kTeams{.title = 200, .message = 2'000, .escape = append_lookalikes};
constexpr size_t kFacts = 12;
constexpr size_t kFactValue = 200;

void print_block(JsonWriter& json, std::string_view text) {
  json.begin_object().member("type", "TextBlock").member("wrap", true).member("text", text);
}

void print_fact_set(JsonWriter& json, const DeliveryAttempt& attempt) {
  json.begin_object().member("type", "FactSet").key("facts").begin_array();
  size_t left = kFacts;
  for (const auto& [name, value] : facts(attempt)) {
    if (left-- == 0) break;
    json.begin_object().member("title", escaped(name, append_lookalikes, kFactValue));
    json.member("value", escaped(value, append_lookalikes, kFactValue)).end_object();
  }
  json.end_array().end_object();
}

void print_card_body(JsonWriter& json, const DeliveryAttempt& attempt) {
  static constexpr std::string_view kColors[] = {"attention", "warning", "good", "accent"};
  const bool is_plain = attempt.options.form == Form::plain;
  const bool is_usual = !is_plain && template_for(attempt) == nullptr;
  const TitleAndMessage words = title_and_message(attempt, kTeams);
  json.key("body").begin_array();
  print_block(json, escaped(words.title, append_lookalikes, 2 * kTeams.title));
  json.member("weight", "bolder").member("size", "medium");
  json.member("color", of_tone(tone(attempt.message), kColors)).end_object();
  const std::string body = escaped(body_text(attempt.message), append_lookalikes, kTeams.message);
  print_block(json, is_usual && !body.empty() ? body : words.message);
  json.end_object();
  if (is_usual) print_fact_set(json, attempt);
  json.end_array();
}

void print_actions(JsonWriter& json, const DeliveryAttempt& attempt) {
  if (dashboard_url(attempt).empty()) return;
  json.key("actions").begin_array().begin_object().member("type", "Action.OpenUrl");
  json.member("title", "Dashboard").member("url", dashboard_url(attempt)).end_object().end_array();
}

}  // namespace

Send teams(const DeliveryAttempt& attempt) {
  JsonWriter json;
  json.begin_object().member("type", "message").key("attachments").begin_array().begin_object();
  json.member("contentType", "application/vnd.microsoft.card.adaptive").key("content").begin_object();
  json.member("$schema", "http://adaptivecards.io/schemas/adaptive-card.json");
  json.member("type", "AdaptiveCard").member("version", "1.4");
  json.key("msteams").begin_object().member("width", "Full").end_object();
  print_card_body(json, attempt);
  print_actions(json, attempt);
  json.end_object().end_object().end_array().end_object();
  return json_send(std::string(attempt.credential("WEBHOOKURL")), json);
}

}  // namespace hb
