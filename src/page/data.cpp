#include "page/data.hpp"

#include <algorithm>

#include "documents/packed_history.hpp"
#include "page/rows.hpp"
#include "text/bytes.hpp"
#include "text/json_writer.hpp"

namespace hb {
namespace {

// Of more services the page asks for the history itself, as they are seen, from GET /api/history, which
// answers for as many.
constexpr size_t kMostHistories = 100;

void print_alerts(JsonWriter& json, const std::vector<Alert>& alerts) {
  json.begin_array();
  for (const Alert& alert : alerts) print_alert(json, alert);
  json.end_array();
}

// All days of few services; of many only the last, which is the one that changes.
void print_history(JsonWriter& json, const PageView& view) {
  if (!view.shows_history()) {
    json.value(nullptr);
    return;
  }
  std::vector<size_t> services;
  for (const ServiceStatus& status : view.status.services) {
    services.push_back(static_cast<size_t>(status.service - view.config.services.data()));
  }
  const History history = view.monitor_document.history();
  const int days = services.size() <= kMostHistories ? history.days : 1;
  print_packed_history(json, view.config, history, view.cells, view.event.now, services, days);
}

// What the monitor says of itself, and when it last checked.
void print_monitor(JsonWriter& json, const PageView& view) {
  json.begin_object().member("checked", view.status.timestamp);
  json.member("staleAfterSeconds", view.status.stale_after / 1s);
  print_channels(json.key("channels"), view.status.channels);
  print_notices(json.key("notices"), view.status.notices);
  if (view.event.role == Role::kv_only) {
    json.member("kvLagSeconds", view.config.settings.monitoring.kv_lag / 1s);
  }
  json.end_object();
}

void print_thresholds(JsonWriter& json, const Settings& settings) {
  json.begin_object();
  for (const auto& [set, thresholds] : settings.uptime_thresholds) {
    json.key(set).begin_array();
    for (const auto& [name, min, color, label] : thresholds) {
      json.begin_object().member("min", min).member("color", color);
      json.member("label", label.empty() ? name : label).end_object();
    }
    json.end_array();
  }
  json.end_object();
}

void print_features(JsonWriter& json, const Features& features) {
  json.begin_object().member("showRefreshButton", features.refresh_button);
  json.member("showLastUpdated", features.last_updated);
  json.member("autoRefreshSeconds", features.auto_refresh_seconds);
  json.member("showUptimePercentage", features.uptime_percentage);
  json.member("showUptimeHistory", features.uptime_history);
  json.member("showExportButton", features.export_button);
  json.member("showAlertHistoryButton", features.alert_history_button).end_object();
}

void print_browser_alerts(JsonWriter& json, const BrowserAlerts& alerts) {
  json.begin_object().member("pollingIntervalSeconds", alerts.polling_interval_seconds);
  json.key("severityFilter").begin_array();
  for (const std::string& severity : alerts.severity_filter) json.value(severity);
  json.end_array().member("enableToastNotifications", alerts.toasts);
  json.member("enableBrowserNotifications", alerts.browser_notifications).end_object();
}

// With the names of settings.json and dashboard.json, as far as the page needs them.
void print_settings(JsonWriter& json, const Config& config) {
  const Settings& settings = config.settings;
  print_features(json.begin_object().key("features"), settings.features);
  json.key("api").begin_object().member("enableUptimeEndpoint", settings.api.uptime);
  json.member("enableLogsEndpoint", settings.api.logs);
  json.member("enableExportEndpoint", settings.api.export_csv);
  json.member("enableAlertHistoryEndpoint", settings.api.alert_history).end_object();
  print_browser_alerts(json.key("alertNotifications"), settings.alert_notifications);
  print_thresholds(json.key("uptimeThresholds"), settings);
  json.member("retentionDays", settings.retention_days);
  json.member("checkIntervalSeconds", settings.monitoring.check_interval / 1s);
  json.member("logRetentionDays", settings.monitoring.log_retention_days);
  json.member("showToggle", config.dashboard.show_theme_toggle).end_object();
}

// In JSON a `<` stands only inside strings. The labels of alerts are copied as they came.
void append_escaped(std::string& out, std::string_view json) {
  for (size_t plain = 0; plain < json.size();) {
    const size_t found = position_of('<', json, plain);
    out += json.substr(plain, found - plain);
    if (found < json.size()) out += "\\u003c";
    plain = found + 1;
  }
}

}  // namespace

void append_page_data(std::string& out, const PageView& view) {
  JsonWriter json;
  json.begin_object().member("now", view.event.now).key("status");
  if (view.is_readable) {
    print_monitor(json, view);
    print_history(json.key("history"), view);
  } else {
    json.value(nullptr).key("history").value(nullptr);
  }
  print_groups(json, view);
  print_services(json.key("services"), view);
  print_settings(json.key("settings"), view.config);
  json.key("alerts");
  view.are_alerts_readable&& view.shows_alerts() ? print_alerts(json, view.alerts)
                                                 : void(json.value(nullptr));
  append_escaped(out, json.end_object().take());
}

}  // namespace hb
