#include "app/routes.hpp"

#include <algorithm>
#include <iterator>
#include <type_traits>

#include "api/alert_request.hpp"
#include "api/authorization.hpp"
#include "api/authorized_heartbeats.hpp"
#include "api/past.hpp"
#include "collector/rows.hpp"
#include "event/handlers.hpp"

namespace hb {
namespace {

using enum Key;

constexpr std::array kLatestAndData{latest, data};
constexpr std::array kData{data};
constexpr std::array kAlerts{alerts};
constexpr std::span<const Key> kNone{};

using enum ServedBy;

Reads zones(const Context&) {
  return {.zones = true};
}

constexpr auto kSelfRows = only<kCollectorStatusRow, kOutboxRow>;

constexpr Route kRoutes[] = {
    {"POST", "/api/heartbeat", &Api::heartbeat, nullptr, {worker, kNone, nullptr, post_heartbeat}},
    {"POST",
     "/api/heartbeat/*",
     &Api::heartbeat,
     refuse_before_the_body,
     {worker, kNone, nullptr, post_heartbeat}},
    {"POST", "/api/verify", &Api::heartbeat, nullptr, {worker, kNone, nullptr, post_verify}},
    {"POST",
     "/api/alert",
     &Api::alert,
     require_alert_key_and_alerts,
     {kv_only, kAlerts, nullptr, post_alert}},
    {"POST",
     "/api/alert",
     &Api::alert,
     require_alert_key_and_alerts,
     {collector, kNone, reads_to_post_alert, post_collector_alert}},
    {"POST",
     "/api/test-notification",
     &Api::test_notification,
     require_alert_key,
     {worker, kNone, nullptr, post_test_notification}},
    {"GET", "/api/status", &Api::status, nullptr, {worker, kNone, reads_to_get_status, get_status}},
    {"GET", "/api/history", &Api::uptime, nullptr, {worker, kData, nullptr, get_history}},
    {"GET", "/api/uptime", &Api::uptime, nullptr, {worker, kData, nullptr, get_uptime}},
    {"GET", "/api/export.csv", &Api::export_csv, nullptr, {worker, kData, nullptr, get_export_csv}},
    {"GET",
     "/api/logs",
     &Api::logs,
     require_past_request_and_no_wrong_key,
     {kv_only, kAlerts, nullptr, get_logs}},
    {"GET",
     "/api/logs",
     &Api::logs,
     require_past_request_and_no_wrong_key,
     {collector, kNone, reads_to_get_logs, get_collector_logs}},
    {"GET", "/api/incidents", &Api::logs, require_past_request, {kv_only, kAlerts, nullptr, get_incidents}},
    {"GET",
     "/api/incidents",
     &Api::logs,
     require_past_request,
     {collector, kNone, reads_to_get_incidents, get_collector_incidents}},
    {"GET", "/api/services", &Api::services, nullptr, {worker, kNone, zones, get_services}},
    {"GET",
     "/api/alerts/recent",
     &Api::alert_history,
     nullptr,
     {worker, kNone, reads_to_get_recent_alerts, get_recent_alerts}},
    {"GET", "/api/self", nullptr, nullptr, {kv_only, kNone, nullptr, needs_the_collector}},
    {"GET", "/api/self", nullptr, require_alert_key, {collector, kNone, kSelfRows, get_self}},
    {"GET", "/healthz", nullptr, nullptr, {kv_only, kData, nullptr, get_healthz}},
    {"GET",
     "/healthz",
     nullptr,
     nullptr,
     {collector, kNone, only<kCollectorStatusRow>, get_collector_health}},
    {"GET", "/custom.css", nullptr, nullptr, {worker, kNone, nullptr, get_custom_css}},
    {"GET", "/", nullptr, nullptr, {worker, kNone, reads_to_get_page, get_page}},
};

struct Triggered {
  size_t trigger;  // its place in the variant
  Job job;
};

// The place of a type in the variant.
template <class T, class... Types>
constexpr size_t position_of(const std::variant<Types...>*) {
  constexpr bool kIs[] = {std::is_same_v<T, Types>...};
  return static_cast<size_t>(std::find(std::begin(kIs), std::end(kIs), true) - std::begin(kIs));
}

template <class T>
constexpr size_t kPositionOf = position_of<T>(static_cast<const Trigger*>(nullptr));

constexpr Triggered kTriggered[] = {
    {kPositionOf<Cron>, {kv_only, kLatestAndData, zones, check}},
    {kPositionOf<Cron>, {collector, kNone, reads_to_check, check_in_collector}},
    {kPositionOf<Tell>, {collector, kNone, only<kOutboxRow>, tell}},
    {kPositionOf<Publish>, {collector, kNone, reads_to_publish, publish}},
    {kPositionOf<Append>, {collector, kNone, reads_to_append, append_batch}},
    {kPositionOf<TakeBacklog>, {collector, kNone, reads_to_take_backlog, take_backlog}},
    {kPositionOf<MergeCopies>, {kv_only, kNone, nullptr, merge_copies}},
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

bool is_served(const Job& job, Role role) {
  return role == Role::kv_only ? job.served_by != collector : job.served_by != kv_only;
}

const Job* job_of(const Trigger& trigger, Role role) {
  for (const Triggered& triggered : kTriggered) {
    if (triggered.trigger == trigger.index() && is_served(triggered.job, role)) return &triggered.job;
  }
  return nullptr;
}

}  // namespace hb
