#include "config/inherited_settings.hpp"

#include "config/notifications.hpp"

namespace hb {
namespace {

constexpr int64_t kLongestThreshold = 365 * 86'400;
constexpr Bounds kFailures{1, 1'440};
constexpr Bounds kSuccesses{1, 1'440};

Millis read_staleness(const Field& field, Millis inherited, Millis shortest) {
  if (!field) return inherited;
  const int64_t shortest_seconds = std::chrono::duration_cast<std::chrono::seconds>(shortest).count();
  const std::string reason = "the check runs every " + std::to_string(shortest_seconds) +
                             " s, by checkIntervalSeconds in settings.json";
  const auto value = integer(field, {shortest_seconds, kLongestThreshold, reason});
  return value ? Millis{std::chrono::seconds{*value}} : shortest;
}

std::string read_threshold_set(const Field& field, const std::string& inherited,
                               const References& references) {
  const auto name = text(field, kName);
  if (name && !references.has_threshold_set(*name)) {
    field.fault("names \"" + *name + "\", which is not a set of uptimeThresholds in settings.json");
  }
  return name.value_or(inherited);
}

Notifications read_own_notifications(const Field& field, const Notifications& inherited,
                                     const ChannelNames& names) {
  if (!field) return inherited;
  Object in(field);
  const auto own_channels = names.read(in.member("channels"));
  const auto own_events = events(in.member("events"));
  return {.enabled = in.flag("enabled", inherited.enabled),
          .channels = own_channels ? own_channels : inherited.channels,
          .events = own_events ? own_events : inherited.events};
}

}  // namespace

bool References::has_threshold_set(const std::string& name) const {
  return settings_ == nullptr || settings_->uptime_thresholds.count(name) > 0;
}

Millis References::shortest_threshold() const {
  return settings_ == nullptr ? Monitoring{}.check_interval : settings_->monitoring.check_interval;
}

InheritedSettings read_inherited_settings(Object& in, const InheritedSettings& inherited,
                                          const References& references) {
  const Field staleness = in.member("stalenessThreshold");
  const Field set = in.member("uptimeThresholdSet");
  const Field notifications = in.member("notifications");
  return {
      .staleness_threshold =
          read_staleness(staleness, inherited.staleness_threshold, references.shortest_threshold()),
      .timing = read_timing(in, staleness, inherited.timing, references.timing()),
      .uptime_threshold_set = read_threshold_set(set, inherited.uptime_threshold_set, references),
      .auth_required = Object(in.member("auth")).flag("required", inherited.auth_required),
      .failure_threshold = in.integer("failureThreshold", kFailures, inherited.failure_threshold),
      .success_threshold = in.integer("successThreshold", kSuccesses, inherited.success_threshold),
      .repeat_alert_minutes =
          in.integer("repeatAlertMinutes", kRepeatMinutes, inherited.repeat_alert_minutes),
      .notifications = read_own_notifications(notifications, inherited.notifications, references.channels())};
}

}  // namespace hb
