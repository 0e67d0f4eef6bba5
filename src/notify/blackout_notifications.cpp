#include "notify/blackout_notifications.hpp"

#include <utility>

#include "documents/notified.hpp"
#include "notify/announcement_texts.hpp"
#include "notify/audience.hpp"
#include "notify/decision.hpp"

namespace hb {
namespace {

std::string key_of(const Span& blackout) {
  return "silence:" + std::to_string(to_ms(blackout.since));
}

// The channels that take it that one of these services is down.
std::map<std::string, Status, std::less<>> recipients(const Config& config) {
  std::map<std::string, Status, std::less<>> out;
  for (const Service& service : config.services) {
    if (!service.enabled || is_muted(config, service)) continue;
    for (const Channel* channel : channels_of(config, service)) {
      if (takes(service, *channel, Status::down)) out.emplace(channel->name, Status::down);
    }
  }
  return out;
}

// The services without heartbeats: down because of the blackout, or not yet past their thresholds.
int services_in_blackout(const Config& config, const CheckState& state) {
  int count = 0;
  for (size_t i = 0; i < config.services.size(); ++i) {
    const ServiceState& row = state.services[i];
    const bool is_alive = row.status == Status::up || row.status == Status::degraded;
    count += config.services[i].enabled && (is_alive || row.is_suppressed) ? 1 : 0;
  }
  return count;
}

Notified notified_of(const Config& config, const Span& blackout) {
  return {.status = Status::down,
          .since = blackout.since,
          .key = key_of(blackout),
          .channels = recipients(config)};
}

// Whether the blackout that people were notified of is over.
bool is_over(const Notified& notified, const std::optional<Span>& blackout) {
  return blackout && blackout->until && key_of(*blackout) == notified.key;
}

// A blackout is announced from its first check on, and has neither a cooldown nor reminders.
Situation situation_of(const Config& config, const Notified& notified, const std::optional<Span>& blackout) {
  const bool lasts = blackout && !blackout->until;
  const bool is_another = notified.status != Status::up && blackout && notified.key != key_of(*blackout);
  return {.notified = notified.status,
          .status = lasts && !is_another ? Status::down : Status::up,
          .is_followed = config.notifications.enabled || is_over(notified, blackout),
          .is_pending = lasts && notified.status == Status::up};
}

Message end_message(const Notified& notified, const std::optional<Span>& blackout, Time now) {
  const Span span = is_over(notified, blackout) ? *blackout : Span{notified.since, now};
  return blackout_end_message(span, notified.key, now);
}

}  // namespace

std::vector<Announcement> blackout_notifications(const Config& config, const CheckContext& check_context,
                                                 CheckState& state) {
  std::vector<Announcement> out;
  const Time now = check_context.scheduled;
  Notified& notified = state.notified;
  const Step step = decide(situation_of(config, notified, state.blackout));
  if (step == Step::improvement || step == Step::resolved_by_removal) {
    const Notified known = std::exchange(notified, {});
    out = to_notified_channels(known, step == Step::improvement ? end_message(known, state.blackout, now)
                                                                : blackout_removal_message(known.key, now));
  }
  if (decide(situation_of(config, notified, state.blackout)) != Step::problem) return out;
  Notified begun = notified_of(config, *state.blackout);
  if (begun.channels.empty()) return out;
  const int services = services_in_blackout(config, state);
  for (Announcement& one :
       to_notified_channels(begun, blackout_message(*state.blackout, services, begun.key, now))) {
    one.relation = Relation::begins;
    out.push_back(std::move(one));
  }
  notified = std::move(begun);
  return out;
}

}  // namespace hb
