// The monitor's own troubles, in which a missing heartbeat says little: monitoring gaps and blackouts.
//
// They stand, as "gap":[since,until] and "silence":[since,until or 0] with times in ms, in the state of the
// check, and for readers in the summary of monitor:data.
#pragma once

#include <optional>
#include <string_view>

#include "text/time.hpp"

namespace hb {

class JsonWriter;

struct Span {
  Time since{};
  std::optional<Time> until{};  // absent: it lasts

  bool operator==(const Span&) const = default;
};

// The last of each.
struct Suppression {
  std::optional<Span> monitoring_gap{};
  std::optional<Span> blackout{};

  bool operator==(const Suppression&) const = default;
};

// Absent when it is damaged, or not plausible at `now`.
std::optional<Span> read_span(std::string_view json, Time now);
void print_span(JsonWriter& json, std::string_view name, const std::optional<Span>& span);

// Of a state or a summary, without reading the services behind them.
Suppression read_suppression(Time now, std::string_view json);

}  // namespace hb
