#include "channels/opsgenie.hpp"

#include "channels/title_and_message.hpp"
#include "text/utf8.hpp"

namespace hb {
namespace {

// https://docs.opsgenie.com/docs/alert-api#create-alert; details may have 8,000 characters.
constexpr TextRules kOpsgenie{.title = 130, .message = 15'000};
constexpr size_t kEntity = 512;

std::string_view alerts_url(std::string_view region) {
  if (region == "eu") return "https://api.eu.opsgenie.com/v2/alerts";
  return region == "jira" ? "https://api.atlassian.com/jsm/ops/integration/v2/alerts"
                          : "https://api.opsgenie.com/v2/alerts";
}

void print_opening(JsonWriter& json, const DeliveryAttempt& attempt, const std::string& alias) {
  static constexpr std::string_view kPriorities[] = {"P1", "P3", "P5", "P5"};
  const Message& message = attempt.message;
  const TitleAndMessage words = title_and_message(attempt, kOpsgenie);
  json.member("message", words.title).member("alias", alias).member("description", words.message);
  json.member("priority", of_tone(tone(message), kPriorities));
  json.member("source", "Heartbeat monitor");
  const std::string entity = shortened(one_line(message.service_name), kEntity);
  if (!entity.empty()) json.member("entity", entity);
  if (!dashboard_url(attempt).empty())
    json.key("details").begin_object().member("dashboard", dashboard_url(attempt)).end_object();
}

}  // namespace

Send opsgenie(const DeliveryAttempt& attempt) {
  const std::string alias = incident_key(attempt.message);
  std::string url(alerts_url(attempt.channel.region));
  JsonWriter json;
  json.begin_object();
  if (is_recovery(attempt.message)) {
    url += "/" + percent_encoded(alias) + "/close?identifierType=alias";
    json.member("source", "Heartbeat monitor");
    json.member("note", shortened(plain_text(attempt.message, kOpsgenie.message), kOpsgenie.message));
  } else {
    print_opening(json, attempt, alias);
  }
  json.end_object();
  Send send = json_send(std::move(url), json);
  send.headers.emplace_back("Authorization", "GenieKey " + std::string(attempt.credential("APIKEY")));
  return send;
}

}  // namespace hb
