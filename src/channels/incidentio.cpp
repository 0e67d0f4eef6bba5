#include "channels/incidentio.hpp"

#include "channels/markup.hpp"
#include "channels/title_and_message.hpp"

namespace hb {
namespace {

constexpr TextRules kIncidentIo{.title = 250, .message = 4'000, .escape = append_markdown, .bold = "**"};

}  // namespace

Send incidentio(const DeliveryAttempt& attempt) {
  const TitleAndMessage words = title_and_message(attempt, kIncidentIo);
  JsonWriter json;
  json.begin_object().member("title", words.title).member("description", words.message);
  json.member("deduplication_key", incident_key(attempt.message));
  json.member("status", is_recovery(attempt.message) ? "resolved" : "firing");
  if (!dashboard_url(attempt).empty()) json.member("source_url", dashboard_url(attempt));
  if (attempt.options.form == Form::full) {
    json.key("metadata");
    print_facts(json, attempt);
  }
  json.end_object();
  Send send = json_send(std::string(attempt.credential("URL")), json);
  add_bearer(send, attempt.credential("APITOKEN"));
  return send;
}

}  // namespace hb
