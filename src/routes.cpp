#include "routes.hpp"

#include "admission.hpp"
#include "handlers.hpp"
#include "past.hpp"

namespace hb {
namespace {

using enum Key;

constexpr std::array kLatestAndData{latest, data};
constexpr std::array kAll{latest, data, alerts};
constexpr std::array kData{data};
constexpr std::array kAlerts{alerts};
constexpr std::span<const Key> kNone{};

using enum Where;

constexpr Route kRoutes[] = {
    {"POST", "/api/heartbeat", edge, &Api::heartbeat, nullptr, kNone, post_heartbeat},
    {"POST", "/api/heartbeat/*", edge, &Api::heartbeat, nullptr, kNone, post_heartbeat},
    {"POST", "/api/verify", edge, &Api::heartbeat, nullptr, kNone, post_verify},
    {"POST", "/api/alert", alone, &Api::alert, without_the_key_of_alerts, kAlerts, post_alert},
    {"POST", "/api/alert", collector, &Api::alert, without_the_key_of_alerts, kNone, post_collected_alert},
    {"POST", "/api/test-notification", edge, &Api::test_notification, without_the_key, kNone,
     post_test_notification},
    {"GET", "/api/status", edge, &Api::status, nullptr, kLatestAndData, get_status},
    {"GET", "/api/history", edge, &Api::uptime, nullptr, kData, get_history},
    {"GET", "/api/uptime", edge, &Api::uptime, nullptr, kData, get_uptime},
    {"GET", "/api/export.csv", edge, &Api::export_csv, nullptr, kData, get_export_csv},
    {"GET", "/api/logs", alone, &Api::logs, without_a_past_or_with_a_wrong_key, kAlerts, get_logs},
    {"GET", "/api/logs", collector, &Api::logs, without_a_past_or_with_a_wrong_key, kNone,
     get_collected_logs},
    {"GET", "/api/incidents", alone, &Api::logs, without_a_past, kAlerts, get_incidents},
    {"GET", "/api/incidents", collector, &Api::logs, without_a_past, kNone, get_collected_incidents},
    {"GET", "/api/services", edge, &Api::services, nullptr, kNone, get_services},
    {"GET", "/api/alerts/recent", edge, &Api::alert_history, nullptr, kAlerts, get_recent_alerts},
    {"GET", "/api/self", alone, nullptr, nullptr, kNone, needs_the_collector},
    {"GET", "/api/self", collector, nullptr, without_the_key, kNone, get_self},
    {"GET", "/healthz", alone, nullptr, nullptr, kData, get_healthz},
    {"GET", "/healthz", collector, nullptr, nullptr, kNone, get_collector_health},
    {"GET", "/custom.css", edge, nullptr, nullptr, kNone, get_custom_css},
    {"GET", "/", edge, nullptr, nullptr, kAll, get_page},
    {"CRON", "/", alone, nullptr, nullptr, kLatestAndData, check},
    {"CRON", "/", collector, nullptr, nullptr, kNone, check_in_collector},
    {"TELL", "/", collector, nullptr, nullptr, kNone, tell},
    {"PUBLISH", "/", collector, nullptr, nullptr, kNone, publish},
    {"MERGE", "monitor:latest", alone, nullptr, nullptr, kNone, merge_latest_document},
    {"MERGE", "monitor:latest", collector, nullptr, nullptr, kNone, append_beat},
    {"MERGE", "recent:alerts", alone, nullptr, nullptr, kNone, merge_alerts_document},
};

}  // namespace

std::span<const Route> routes() {
  return kRoutes;
}

bool is_served(const Route& route, Place place) {
  return place == Place::alone ? route.where != Where::collector : route.where != Where::alone;
}

bool fits(const Route& route, std::string_view path) {
  if (!route.path.ends_with("/*")) return route.path == path;
  const std::string_view stem = route.path.substr(0, route.path.size() - 1);
  return path.starts_with(stem) && path.size() > stem.size() && path.find('/', stem.size()) == path.npos;
}

}  // namespace hb
