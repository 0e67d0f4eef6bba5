#include "config/settings.hpp"

#include <algorithm>

namespace hb {
namespace {

constexpr Bounds kSecondsOfDay{0, 86'400};
constexpr int kSecondsOfHour = 3'600;

// https://developers.cloudflare.com/durable-objects/reference/data-location/#supported-locations
constexpr std::string_view kLocations[] = {"wnam", "enam", "sam", "weur", "eeur", "apac", "oc", "afr", "me"};

Features read_features(const Field& field) {
  Object in(field);
  const Features usual{};
  return {.refresh_button = in.flag("showRefreshButton", usual.refresh_button),
          .last_updated = in.flag("showLastUpdated", usual.last_updated),
          .auto_refresh_seconds = in.integer("autoRefreshSeconds", kSecondsOfDay, usual.auto_refresh_seconds),
          .uptime_percentage = in.flag("showUptimePercentage", usual.uptime_percentage),
          .uptime_history = in.flag("showUptimeHistory", usual.uptime_history),
          .export_button = in.flag("showExportButton", usual.export_button),
          .alert_history_button = in.flag("showAlertHistoryButton", usual.alert_history_button)};
}

Api read_api(const Field& field) {
  Object in(field);
  const Api usual{};
  return {.heartbeat = in.flag("enableHeartbeatEndpoint", usual.heartbeat),
          .status = in.flag("enableStatusEndpoint", usual.status),
          .uptime = in.flag("enableUptimeEndpoint", usual.uptime),
          .logs = in.flag("enableLogsEndpoint", usual.logs),
          .services = in.flag("enableServicesEndpoint", usual.services),
          .export_csv = in.flag("enableExportEndpoint", usual.export_csv),
          .alert = in.flag("enableAlertEndpoint", usual.alert),
          .alert_history = in.flag("enableAlertHistoryEndpoint", usual.alert_history),
          .test_notification = in.flag("enableTestNotificationEndpoint", usual.test_notification),
          .public_log_metadata = in.flag("publicLogMetadata", usual.public_log_metadata)};
}

BrowserAlerts read_browser_alerts(const Field& field) {
  Object in(field);
  const BrowserAlerts usual{};
  const Field interval = in.member("pollingIntervalSeconds");
  const int64_t seconds = integer(interval, kSecondsOfDay).value_or(usual.polling_interval_seconds);
  if (seconds > 0 && seconds < 60) {
    interval.warn(
        "is below 60: each open page asks that often, and three pages at 10 s use up a quarter of "
        "the free plan's requests");
  }
  return {.polling_interval_seconds = static_cast<int>(seconds),
          .severity_filter = texts(in.member("severityFilter"), kName).value_or(usual.severity_filter),
          .toasts = in.flag("enableToastNotifications", usual.toasts),
          .browser_notifications = in.flag("enableBrowserNotifications", usual.browser_notifications)};
}

// Whole minutes that divide an hour, or whole hours that divide a day: what a cron expression can say.
bool is_cron_interval(int64_t seconds) {
  if (seconds < kSecondsOfHour) return seconds > 0 && seconds % 60 == 0 && kSecondsOfHour % seconds == 0;
  return seconds % kSecondsOfHour == 0 && kSecondsOfDay.max % seconds == 0;
}

Millis read_check_interval(const Field& field, Millis usual) {
  if (!field) return usual;
  const auto seconds = as_integer(*field.json);
  if (seconds && is_cron_interval(*seconds)) return Millis{std::chrono::seconds{*seconds}};
  field.fault(
      "must be whole minutes that divide an hour, or whole hours that divide a day, in seconds, as in "
      "60, 300 or 3600, because a cron trigger knows no others");
  return usual;
}

Monitoring read_monitoring(const Field& field) {
  Object in(field);
  const Monitoring usual{};
  return {.check_interval = read_check_interval(in.member("checkIntervalSeconds"), usual.check_interval),
          .record_interval = in.seconds("recordSeconds", {60, 86'400}, usual.record_interval),
          .kv_lag = in.seconds("kvLagSeconds", {0, 3'600}, usual.kv_lag),
          .kv_writes_per_day = in.integer("kvWritesPerDay", {0, 1'000'000'000}, usual.kv_writes_per_day),
          .log_retention_days = in.integer("logRetentionDays", {1, 400}, usual.log_retention_days),
          .public_url = in.text("publicUrl", kWebUrlOrNone, usual.public_url),
          .collector_location = in.word("collectorLocation", kLocations, usual.collector_location)};
}

UptimeThreshold read_threshold(const Field& field) {
  Object in(field);
  const Field min = in.required("min", "the lowest percentage that still counts, from 0 to 100");
  const Field color = in.required("color", kColor.expected);
  return {.name = in.text("name", kName, ""),
          .min = number(min, {0, 100}).value_or(0),
          .color = text(color, kColor).value_or(""),
          .label = in.text("label", kLine, "")};
}

UptimeThresholds read_threshold_set(const Field& list) {
  UptimeThresholds out;
  each_element_of(list, [&](const Field& field) {
    const UptimeThreshold threshold = read_threshold(field);
    const auto is_higher = [](const auto& one, const auto& other) { return one.min > other.min; };
    out.insert(std::upper_bound(out.begin(), out.end(), threshold, is_higher), threshold);
  });
  if (out.empty() && list.json->is_array()) list.fault("must have at least one threshold");
  if (!out.empty() && out.back().min > 0)
    list.warn("has no threshold with min 0; a lower uptime has no colour");
  return out;
}

std::map<std::string, UptimeThresholds> usual_threshold_sets() {
  const auto set = [](double excellent, double good, double fair) {
    return UptimeThresholds{{"excellent", excellent, "#16a34a", "Excellent"},
                            {"good", good, "#65a30d", "Good"},
                            {"fair", fair, "#d97706", "Fair"},
                            {"poor", 0, "#dc2626", "Poor"}};
  };
  return {{"default", set(99.5, 98, 95)}, {"strict", set(99.95, 99.5, 99)}, {"relaxed", set(98, 95, 90)}};
}

std::map<std::string, UptimeThresholds> read_threshold_sets(const Field& field) {
  auto sets = usual_threshold_sets();
  each_member_of(field, [&](const std::string& name, const Field& list) {
    if (!kName.holds(name)) list.fault("must have a name that is " + std::string(kName.expected));
    sets.insert_or_assign(name, read_threshold_set(list));
  });
  return sets;
}

// Words are free, but those that are the same without case and punctuation are one.
Severities read_severities(const Field& field) {
  Severities out;
  each_member_of(field, [&](const std::string& written, const Field& meant) {
    const std::string plain = written == kAnyOtherWord ? written : plain_word(written);
    if (plain.empty()) return meant.fault("must be a word with letters or digits, or * for any other word");
    const auto [place, is_first] = out.try_emplace(plain);
    if (!is_first) return meant.fault("is there twice, as case, blanks and punctuation do not count");
    place->second = word(meant, kSeverities).value_or("");
  });
  return out;
}

Severities read_alerts_from_outside(const Field& field) {
  Object in(field);
  return read_severities(in.member("severities"));
}

int read_retention_days(const Field& field, int usual) {
  return Object(field).integer("retentionDays", {1, 400}, usual);
}

}  // namespace

Settings read_settings(const Field& file) {
  Object in(file);
  const Settings usual{};
  Settings out{.features = read_features(in.member("features")),
               .api = read_api(in.member("api")),
               .alert_notifications = read_browser_alerts(in.member("alertNotifications")),
               .retention_days = read_retention_days(in.member("uptime"), usual.retention_days),
               .uptime_thresholds = read_threshold_sets(in.member("uptimeThresholds")),
               .allowed_origins = texts(in.member("allowedOrigins"), kOrigin).value_or(usual.allowed_origins),
               .monitoring = read_monitoring(in.member("monitoring")),
               .severities = read_alerts_from_outside(in.member("alerts"))};
  const Field history_field = in.member("alertHistory");
  Object history(history_field);
  out.default_recent_period = std::chrono::hours{history.integer("defaultRecentPeriodHours", {1, 8'760}, 24)};
  out.default_recent_limit = history.integer("defaultLimit", {1, 1'000}, usual.default_recent_limit);
  return out;
}

}  // namespace hb
