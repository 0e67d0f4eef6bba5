// GET /api/uptime: a service's days, as numbers.

#include "api/lookup.hpp"
#include "documents/monitor_document.hpp"
#include "event/handlers.hpp"
#include "event/http.hpp"
#include "text/json_writer.hpp"

namespace hb {
namespace {

void print_day(JsonWriter& json, Day day, const Minutes& minutes) {
  json.begin_object().member("date", iso_day(day)).member("totalChecks", minutes.total());
  json.member("upChecks", minutes.up).member("downChecks", minutes.down);
  json.member("degradedChecks", minutes.degraded).member("unknownChecks", minutes.unknown);
  json.member("uptimePercentage", uptime_percentage(minutes)).end_object();
}

std::string print(const Context& context, size_t service, int days) {
  const Config& config = context.config;
  const Day today = day_of(context.event.now);
  const MonitorDocument monitor_document = read_monitor_document(context.document(Key::data).bytes);
  const History history = monitor_document.history();
  const std::string_view cells = read_history(config, history)[service];
  Minutes sum;
  Day day = today - std::chrono::days{days - 1};
  JsonWriter json;
  json.begin_object().member("serviceId", config.services[service].id).key("days").begin_array();
  for (const Minutes& minutes : daily_minutes(cells, history.last_day, today, days)) {
    print_day(json, day, minutes);
    sum += minutes;
    day += std::chrono::days{1};
  }
  json.end_array().member("overallUptime", uptime_percentage(sum)).member("totalDays", days);
  return json.member("retentionDays", config.settings.retention_days).end_object().take();
}

}  // namespace

Outcome get_uptime(const Context& context) {
  const auto& [config, page, event, session] = context;
  const Query query(event.request().query);
  const auto service = requested_service(config, query);
  if (const auto* error = std::get_if<Error>(&service)) return outcome_of(*error);
  const int retention = config.settings.retention_days;
  const auto days = query.number("days", 1, retention, retention);
  if (const auto* error = std::get_if<Error>(&days)) return outcome_of(*error);
  if (auto reply = unreadable(event)) return outcome_of(std::move(*reply));
  return outcome_of(
      json_reply(200, print(context, std::get<size_t>(service), static_cast<int>(std::get<int64_t>(days)))));
}

}  // namespace hb
