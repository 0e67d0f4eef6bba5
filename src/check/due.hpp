// What a schedule and runs say of a service at a time: a pure question of numbers.
#pragma once

#include <optional>

#include "config/config.hpp"
#include "documents/last_heartbeat.hpp"
#include "documents/state.hpp"

namespace hb {

// Until when something has to come of a service, and what it is when it did not.
struct Due {
  std::optional<Time> deadline{};  // down from then on; absent: nothing is awaited
  Cause at_deadline = Cause::none;
  const Run* run = nullptr;   // the one that has to end by then, or that was too short
  bool is_late = false;       // it was expected, and is neither there nor running
  Cause cause = Cause::none;  // of a problem that there is now
  Time since{};               // and from when on
};

// Whether anything but the staleness threshold counts.
bool is_timed(const Service& service, const LastHeartbeat& last_heartbeat);

// By when a run has to end; absent when it may take as long as it likes.
std::optional<Time> deadline_of(const Timing& timing, const Run& run);

// When it is expected next, found anew when it was heard since, or its schedule is another one. Of a service that was
// never heard, and need not be, it is absent.
std::optional<Expectation> next_expectation(const Timing& timing, const ServiceState& row, Time now,
                                            Zones zones);

// `lag` is how far what is known may lie back.
Due due_of(const Timing& timing, const std::optional<Expectation>& expectation,
           const LastHeartbeat& last_heartbeat, Time now, Millis lag);

}  // namespace hb
