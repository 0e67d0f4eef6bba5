#include "channels/apprise.hpp"

#include "channels/title_and_message.hpp"

namespace hb {
namespace {

// Apprise cuts what is too long for where it goes.
constexpr TextRules kApprise{.title = 250, .message = 4'000};

}  // namespace

Send apprise(const DeliveryAttempt& attempt) {
  static constexpr std::string_view kTypes[] = {"failure", "warning", "success", "info"};
  const TitleAndMessage words = title_and_message(attempt, kApprise);
  JsonWriter json;
  json.begin_object().member("title", words.title).member("body", words.message);
  json.member("type", of_tone(tone(attempt.message), kTypes)).member("format", "text");
  if (!attempt.channel.tag.empty()) json.member("tag", attempt.channel.tag);
  json.end_object();
  return json_send(std::string(attempt.credential("URL")), json);
}

Meaning apprise_meaning(const Channel&, const Answer& answer, const Json*) {
  if (answer.status != 204) return {.status = answer.status};
  return {.status = 204, .result = DeliveryResult::broken, .words = "nothing is configured under this key"};
}

}  // namespace hb
