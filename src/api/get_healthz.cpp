// GET /healthz: whether the monitor itself still checks, for whoever watches the watcher.

#include "api/lookup.hpp"
#include "collector/collector_status.hpp"
#include "documents/monitor_document.hpp"
#include "documents/status.hpp"
#include "event/handlers.hpp"
#include "event/http.hpp"
#include "text/json_writer.hpp"

namespace hb {
namespace {

std::string print(std::string_view status, const std::optional<Time>& last_check, std::string_view error) {
  JsonWriter json;
  json.begin_object().member("status", status).member("lastCheck", last_check);
  if (!error.empty()) json.member("error", error);
  return json.end_object().take();
}

Reply judged(Millis stale_after, Time now, const std::optional<Time>& last_check) {
  if (!last_check) {
    return json_reply(
        503, print("never", last_check, "No check has run yet; see that the cron trigger is set up"));
  }
  const Millis age = now - *last_check;
  if (age <= stale_after) return json_reply(200, print("ok", last_check, ""));
  const std::string error = "The last check was " + humanized(age) + " ago; see the log of the cron trigger";
  return json_reply(503, print("stale", last_check, error));
}

}  // namespace

Outcome get_healthz(const Context& context) {
  const auto& [config, page, event, session] = context;
  if (auto reply = unreadable(event)) {
    reply->body = print("unavailable", std::nullopt, "What the monitor stored could not be read");
    return outcome_of(std::move(*reply));
  }
  return outcome_of(judged(stale_after(config), event.now,
                           last_recorded_check(config, event.now, event.document(Key::data).bytes)));
}

Outcome get_collector_health(const Context& context) {
  const auto& [config, page, event, session] = context;
  const CollectorStatus collector_status = read_collector_status(event.row(kCollectorStatusRow), event.now);
  return outcome_of(judged(3 * config.settings.monitoring.check_interval, event.now, collector_status.at));
}

}  // namespace hb
