#include "routes.hpp"

#include "handlers.hpp"

namespace hb {
namespace {

using enum Key;

constexpr std::array kLatestAndData{latest, data};
constexpr std::array kAll{latest, data, alerts};
constexpr std::array kData{data};
constexpr std::array kAlerts{alerts};
constexpr std::span<const Key> kNone{};

constexpr Route kRoutes[] = {
    {"POST", "/api/heartbeat", &Api::heartbeat, kNone, post_heartbeat},
    {"POST", "/api/heartbeat/*", &Api::heartbeat, kNone, post_heartbeat},
    {"GET", "/api/status", &Api::status, kLatestAndData, get_status},
    {"GET", "/api/history", &Api::uptime, kData, get_history},
    {"GET", "/api/uptime", &Api::uptime, kData, get_uptime},
    {"GET", "/api/export.csv", &Api::export_csv, kData, get_export_csv},
    {"GET", "/api/logs", &Api::logs, kAlerts, get_logs},
    {"GET", "/api/incidents", &Api::logs, kAlerts, get_incidents},
    {"GET", "/api/services", &Api::services, kNone, get_services},
    {"GET", "/api/alerts/recent", &Api::alert_history, kAlerts, get_recent_alerts},
    {"GET", "/healthz", nullptr, kData, get_healthz},
    {"GET", "/custom.css", nullptr, kNone, get_custom_css},
    {"GET", "/", nullptr, kAll, get_page},
    {"CRON", "/", nullptr, kLatestAndData, check},
    {"MERGE", "monitor:latest", nullptr, kNone, merge_latest_document},
    {"MERGE", "recent:alerts", nullptr, kNone, merge_alerts_document},
};

}  // namespace

std::span<const Route> routes() {
  return kRoutes;
}

bool fits(const Route& route, std::string_view path) {
  if (!route.path.ends_with("/*")) return route.path == path;
  const std::string_view stem = route.path.substr(0, route.path.size() - 1);
  return path.starts_with(stem) && path.size() > stem.size() && path.find('/', stem.size()) == path.npos;
}

}  // namespace hb
