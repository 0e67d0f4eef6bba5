#include "notify/silence_news.hpp"

#include <utility>

#include "documents/notified.hpp"
#include "notify/announcement_texts.hpp"
#include "notify/audience.hpp"
#include "notify/decision.hpp"

namespace hb {
namespace {

std::string key_of(const Span& silence) {
  return "silence:" + std::to_string(to_ms(silence.since));
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

Notified begun(const Config& config, const Span& silence) {
  return {
      .status = Status::down, .since = silence.since, .key = key_of(silence), .channels = listeners(config)};
}

// Whether the silence that people know of came to an end.
bool is_over(const Notified& notified, const std::optional<Span>& silence) {
  return silence && silence->until && key_of(*silence) == notified.key;
}

// A silence is a trouble from its first check on, and neither has a cooldown nor is repeated.
Situation situation_of(const Config& config, const Notified& notified, const std::optional<Span>& silence) {
  const bool lasts = silence && !silence->until;
  const bool is_another = notified.status != Status::up && silence && notified.key != key_of(*silence);
  return {.notified = notified.status,
          .status = lasts && !is_another ? Status::down : Status::up,
          .is_followed = config.notifications.enabled || is_over(notified, silence),
          .is_owed = lasts && notified.status == Status::up};
}

Message end_message(const Notified& notified, const std::optional<Span>& silence, Time now) {
  const Span span = is_over(notified, silence) ? *silence : Span{notified.since, now};
  return silence_end_message(span, notified.key, now);
}

}  // namespace

std::vector<Announcement> silence_news(const Config& config, const Moment& moment, CheckState& state) {
  std::vector<Announcement> out;
  const Time now = moment.scheduled;
  Notified& notified = state.notified;
  const Step step = decide(situation_of(config, notified, state.silence));
  if (step == Step::improvement || step == Step::closing) {
    const Notified known = std::exchange(notified, {});
    out = to_all_that_know(config, known,
                           step == Step::improvement ? end_message(known, state.silence, now)
                                                     : silence_closing_message(known.key, now));
  }
  if (decide(situation_of(config, notified, state.silence)) != Step::trouble) return out;
  Notified told = begun(config, *state.silence);
  if (told.channels.empty()) return out;
  const int services = silent_services(config, state);
  for (Announcement& one :
       to_all_that_know(config, told, silence_message(*state.silence, services, told.key, now))) {
    out.push_back(std::move(one));
  }
  notified = std::move(told);
  return out;
}

}  // namespace hb
