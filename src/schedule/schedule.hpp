// When a service is expected: periods, and slots that cron or OnCalendar lines name.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "schedule/pattern.hpp"
#include "text/utc_offsets.hpp"

namespace hb {

// What becomes of slots when the clocks change.
enum class ClockChange {
  moves,  // cron with fixed times: to the end of a skipped time; of a repeated one only the first pass counts
  is_followed,  // cron with wildcards: as the clocks go
  skips,        // OnCalendar: none in a skipped time; of a repeated one only the first pass counts
};

// The position of a zone among those that the configuration names.
inline constexpr size_t kUtcZone = SIZE_MAX;

struct ScheduleLine {
  std::string text{};  // as it was written
  Pattern pattern{};
  ClockChange clock_change = ClockChange::is_followed;
  std::string zone{};  // its own; empty: that of the schedule
  size_t zone_index = kUtcZone;

  bool operator==(const ScheduleLine&) const = default;
};

struct Schedule {
  Millis every{};                     // since the last time; zero: the lines count
  std::vector<ScheduleLine> lines{};  // their slots together
  std::string zone{};
  size_t zone_index = kUtcZone;
  uint32_t identity = 0;  // another one for another schedule, most probably

  bool operator==(const Schedule&) const = default;
};

// Of each zone that the configuration names, in its order.
using Zones = std::span<const UtcOffsets>;

// A sentence for whoever wrote the line, which says what to write instead.
using ParsedLine = std::variant<ScheduleLine, std::string>;

// The first slot later than `after`; absent when there is none in 50 years.
std::optional<Time> next_slot(const Schedule& schedule, Time after, Zones zones);

// When a service is expected, and how long before that it may come.
struct Expected {
  Time at{};
  Millis early{};

  bool operator==(const Expected&) const = default;
};

// The first slot later than `after`. Early is up to `early`, but no more than half of the distance from the slot before.
std::optional<Expected> next_expected(const Schedule& schedule, Time after, Millis early, Zones zones);

// After it was heard, or began, at `heard`: the next slot, unless that is so near that it came early for it.
std::optional<Expected> expected_after(const Schedule& schedule, Time heard, Millis early, Zones zones);

// Whether no two of its slots, of the first hundred after 2026, are nearer to one another.
bool are_apart(const Schedule& schedule, Millis distance);

}  // namespace hb
