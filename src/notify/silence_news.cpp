#include "notify/silence_news.hpp"

#include <algorithm>

#include "check/change_alerts.hpp"
#include "documents/notified.hpp"
#include "notify/audience.hpp"

namespace hb {
namespace {

std::string key_of(const Span& silence) {
  return "silence:" + std::to_string(to_ms(silence.since));
}

bool is_muted_whole(const Config& config) {
  return !config.notifications.enabled;
}

Message notice(const Alert& alert, std::string key, Time now) {
  return {.kind = MessageKind::notice,
          .title = alert.title,
          .text = alert.message,
          .severity = alert.severity,
          .status = alert.status,
          .timestamp = now,
          .dedup_key = std::move(key)};
}

// Whoever would be told that one of these services is down.
std::map<std::string, Status, std::less<>> listeners(const Config& config) {
  std::map<std::string, Status, std::less<>> out;
  for (const Service& service : config.services) {
    if (!service.enabled || is_muted(config, service)) continue;
    for (const Channel* channel : channels_of(config, service)) {
      if (takes(service, *channel, Status::down)) out.emplace(channel->name, Status::down);
    }
  }
  return out;
}

// Those who are silent: down by it, or not yet past their thresholds.
int silent_services(const Config& config, const CheckState& state) {
  int count = 0;
  for (size_t i = 0; i < config.services.size(); ++i) {
    const ServiceState& row = state.services[i];
    const bool is_alive = row.status == Status::up || row.status == Status::degraded;
    count += config.services[i].enabled && (is_alive || row.is_quiet) ? 1 : 0;
  }
  return count;
}

std::vector<Announcement> to_each(const Config& config, const Notified& told, const Message& message) {
  std::vector<Announcement> out;
  for (const auto& [name, status] : told.channels) {
    if (find_channel(config, name) != nullptr) out.push_back({name, message});
  }
  return out;
}

Message end_message(const Config& config, const CheckState& state, const Notified& told, Time now) {
  const bool is_over = state.silence && state.silence->until && key_of(*state.silence) == told.key;
  Alert alert = silence_end_alert(is_over ? *state.silence : Span{told.since, now});
  if (!is_over && is_muted_whole(config)) {
    alert.title = "No more about the silence of everybody";
    alert.message = "Notifications are switched off";
  }
  return notice(alert, told.key, now);
}

}  // namespace

std::vector<Announcement> silence_news(const Config& config, const Moment& moment, CheckState& state) {
  std::vector<Announcement> out;
  Notified told = std::move(state.notified);
  const bool is_on = state.silence && !state.silence->until && !is_muted_whole(config);
  const bool is_told = told.status == Status::down;
  if (is_told && (!is_on || told.key != key_of(*state.silence))) {
    out = to_each(config, told, end_message(config, state, told, moment.scheduled));
    told = {};
  }
  if (is_on && told.status != Status::down) {
    told.channels = listeners(config);
    told.status = told.channels.empty() ? Status::up : Status::down;
    told.since = state.silence->since;
    told.key = key_of(*state.silence);
    const Alert alert = silence_alert(*state.silence, silent_services(config, state), moment.scheduled);
    for (Announcement& one : to_each(config, told, notice(alert, told.key, moment.scheduled))) {
      out.push_back(std::move(one));
    }
    if (told.channels.empty()) told = {};
  }
  state.notified = std::move(told);
  return out;
}

}  // namespace hb
