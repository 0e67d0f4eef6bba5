// Up, degraded, down or unknown: a pure question of times.
#pragma once

#include "documents/heard.hpp"

namespace hb {

// How long a service may be silent, and from when on its silence counts at the earliest.
struct Limits {
  Millis threshold{};
  Time watched_since{};
};

// Inclusive: a heartbeat exactly one threshold old still counts. A negative age is zero.
Status health(const Heard& heard, const Limits& limits, Time now);

// How long the service has been silent, as far as that counts against it.
Millis silent_for(Time seen, Time watched_since, Time now);

}  // namespace hb
