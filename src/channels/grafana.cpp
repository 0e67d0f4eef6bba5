#include "channels/grafana.hpp"

#include "channels/title_and_message.hpp"

namespace hb {
namespace {

constexpr TextRules kGrafana{.title = 250, .message = 4'000};

}  // namespace

Send grafana(const DeliveryAttempt& attempt) {
  const TitleAndMessage words = title_and_message(attempt, kGrafana);
  JsonWriter json;
  json.begin_object().member("alert_uid", incident_key(attempt.message)).member("title", words.title);
  json.member("state", is_recovery(attempt.message) ? "ok" : "alerting").member("message", words.message);
  if (!dashboard_url(attempt).empty()) json.member("link_to_upstream_details", dashboard_url(attempt));
  json.end_object();
  return json_send(std::string(attempt.credential("URL")), json);
}

}  // namespace hb
