// The other side of the boundary, as shim/frames.js has it: events into frames, answers into outcomes.
#pragma once

#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "app/wire.hpp"

namespace hb {

std::string frame_of(const Event& event);

// The same with a trigger that was handed on as bytes.
std::string frame_of(const Event& event, std::string_view trigger);

// The changes of clocks of several zones, as an event has them.
std::string frame_of(std::span<const UtcOffsets> zones);

std::string frame_of(const ConfigFiles& files, std::string_view page);

// An outcome, and the events in it as they were encoded: those to be forwarded or kept by the collector, and
// those that follow.
struct DecodedOutcome {
  Outcome outcome{};
  std::string for_collector{};
  std::vector<std::string> follow_ups{};
};

DecodedOutcome outcome_in(const std::vector<std::string_view>& parts);

}  // namespace hb
