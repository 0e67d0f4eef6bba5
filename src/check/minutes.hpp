// Uptime counted by time: which minutes a record adds to the cells of today and yesterday.
#pragma once

#include "documents/history.hpp"
#include "documents/last_heartbeat.hpp"

namespace hb {

// A record and the one before it. Each check stands for its own minute; the minutes between two checks are
// what the earlier one said of them.
struct Elapsed {
  Time last_record{};
  Time last_check{};  // not before the last record
  Time check{};
  Millis held_for{};  // when the checks lie further apart, the minutes between them are unknown
};

// The cells as they stand on the day of `to`, when those given were as of the day of `from`.
DayCells rolled(const DayCells& cells, Day from, Day to);

// Adds the minutes since the last record: up to the last check `before`, from there on the same or unknown,
// and the minute of this check `after`. Days split at 00:00 UTC. `cells` are of this check's day.
DayCells counted(const DayCells& cells, const Elapsed& elapsed, Status before, Status after);

// Adds only the minute of a check, when there is nothing before it.
DayCells counted_first(const DayCells& cells, Time check, Status status);

}  // namespace hb
