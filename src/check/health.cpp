#include "check/health.hpp"

#include <algorithm>

namespace hb {

Millis heartbeat_age(Time last_seen, Time watched_since, Time now) {
  return std::max(now - std::max(last_seen, watched_since), Millis{0});
}

Status health(const LastHeartbeat& last_heartbeat, const Limits& limits, Time now) {
  if (!last_heartbeat.last_seen) return Status::unknown;
  if (heartbeat_age(*last_heartbeat.last_seen, limits.watched_since, now) > limits.threshold)
    return Status::down;
  if (last_heartbeat.report && last_heartbeat.report->at >= *last_heartbeat.last_seen)
    return last_heartbeat.report->status;
  return Status::up;
}

Millis forbearance(const Service& service) {
  return service.timing.schedule ? service.timing.grace_or_usual() : service.staleness_threshold;
}

Millis never_seen_limit(const Service& service) {
  return std::max<Millis>(service.staleness_threshold, 24h);
}

}  // namespace hb
