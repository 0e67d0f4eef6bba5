// What is said of a service that was expected, or that runs for too long.
#pragma once

#include <string>

#include "check/due.hpp"
#include "check/verdict.hpp"

namespace hb {

struct DueContext {
  const Config& config;
  const Service& service;
  const ServiceState& row;
  const LastHeartbeat& last_heartbeat;
  const CheckContext& check_context;
};

// "Expected 03:30, not heard by 04:30", by the clock of the schedule's zone, which is named unless it is that of the
// messages. There must be a cause.
std::string due_sentence(const DueContext& context, const Due& due);

}  // namespace hb
