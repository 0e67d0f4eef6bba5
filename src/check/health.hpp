// Up, degraded, down or unknown: a pure question of times.
#pragma once

#include "config/config.hpp"
#include "documents/last_heartbeat.hpp"

namespace hb {

// How long a service may go without a heartbeat, and from when on that counts at the earliest.
struct Limits {
  Millis threshold{};
  Time watched_since{};
};

// Inclusive: a heartbeat exactly one threshold old still counts. A negative age is zero.
Status health(const LastHeartbeat& last_heartbeat, const Limits& limits, Time now);

// The age of the last heartbeat, as far as it counts against the service.
Millis heartbeat_age(Time last_seen, Time watched_since, Time now);

// How long at most nobody is held to account after a time in which nothing could be heard.
Millis forbearance(const Service& service);

// How long a service may be monitored without any heartbeat until that is announced: inclusive.
Millis never_seen_limit(const Service& service);

}  // namespace hb
