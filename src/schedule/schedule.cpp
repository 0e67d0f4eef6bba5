#include "schedule/schedule.hpp"

#include <algorithm>
#include <bit>

namespace hb {
namespace {

using std::chrono::seconds;

constexpr std::chrono::days kFarthest{50 * 366};
constexpr Millis kLongestMove = 3h;  // a larger change of the clocks is none of summer and winter

// The slots of a line between two changes of the clocks of its zone.
class Stretch {
 public:
  Stretch(const ScheduleLine& line, const UtcOffsets::Changes& changes, size_t index)
      : line_(line), changes_(changes), index_(index) {}

  std::optional<Time> first_from(Time first, Time limit) const {
    const bool is_begin = index_ > 0 && first <= changes_[index_].from;
    if (is_begin && has_moved_slots()) return changes_[index_].from;
    WallTime from = wall(is_begin ? changes_[index_].from : first, index_);
    if (index_ > 0 && line_.clock_change != ClockChange::is_followed)
      from = std::max(from, wall(changes_[index_].from, index_ - 1));
    const Time end = index_ + 1 < changes_.size() ? std::min(limit, changes_[index_ + 1].from) : limit;
    const auto match = next_match(line_.pattern, from, wall(end, index_));
    if (!match) return std::nullopt;
    return *match - changes_[index_].offset;
  }

 private:
  WallTime wall(Time time, size_t index) const {
    return std::chrono::ceil<seconds>(time + changes_[index].offset);
  }

  // Slots that would have been in the time that is skipped where this stretch begins.
  bool has_moved_slots() const {
    if (line_.clock_change != ClockChange::moves) return false;
    const WallTime from = wall(changes_[index_].from, index_ - 1);
    const WallTime to = wall(changes_[index_].from, index_);
    return to > from && to - from < kLongestMove && next_match(line_.pattern, from, to);
  }

  const ScheduleLine& line_;
  const UtcOffsets::Changes& changes_;
  size_t index_;
};

const UtcOffsets::Changes& changes_of(const ScheduleLine& line, Zones zones) {
  static const UtcOffsets::Changes kUtc(1);
  if (line.zone_index >= zones.size() || zones[line.zone_index].changes().empty()) return kUtc;
  return zones[line.zone_index].changes();
}

std::optional<Time> next_of(const ScheduleLine& line, Time after, Time limit, Zones zones) {
  const UtcOffsets::Changes& changes = changes_of(line, zones);
  const Time first = std::chrono::floor<seconds>(after) + seconds{1};
  size_t index = 0;
  while (index + 1 < changes.size() && changes[index + 1].from < first) ++index;
  for (; index < changes.size(); ++index) {
    if (const auto slot = Stretch(line, changes, index).first_from(first, limit)) return slot;
  }
  return std::nullopt;
}

bool is_hourly_at_most(const Pattern& pattern) {
  return std::has_single_bit(pattern.seconds) && std::has_single_bit(pattern.minutes);
}

// Half of the distance from the slot before, where that is less than `early`.
Millis early_of(const Schedule& schedule, Time slot, Millis early, Zones zones) {
  if (schedule.every > Millis{0}) return std::min(early, schedule.every / 2);
  // The slot before is the earliest time after which this one comes next.
  Time far = slot - 2 * early - Millis{1};
  Time near = slot - Millis{1};
  if (early <= Millis{0} || next_slot(schedule, far, zones) == slot) return early;
  while (near - far > Millis{1}) {
    const Time middle = far + (near - far) / 2;
    (next_slot(schedule, middle, zones) == slot ? near : far) = middle;
  }
  return std::min(early, (slot - near) / 2);
}

}  // namespace

std::optional<Time> next_slot(const Schedule& schedule, Time after, Zones zones) {
  if (schedule.every > Millis{0}) return after + schedule.every;
  std::optional<Time> next;
  for (const ScheduleLine& line : schedule.lines) {
    const auto slot = next_of(line, after, next.value_or(after + kFarthest), zones);
    if (slot) next = slot;
  }
  return next;
}

std::optional<Expected> next_expected(const Schedule& schedule, Time after, Millis early, Zones zones) {
  const auto slot = next_slot(schedule, after, zones);
  if (!slot) return std::nullopt;
  return Expected{*slot, early_of(schedule, *slot, early, zones)};
}

std::optional<Expected> expected_after(const Schedule& schedule, Time heard, Millis early, Zones zones) {
  const auto next = next_expected(schedule, heard, early, zones);
  const bool came_for_it = next && next->at - heard <= next->early;
  return came_for_it ? next_expected(schedule, next->at, early, zones) : next;
}

bool are_apart(const Schedule& schedule, Millis distance) {
  if (schedule.every > Millis{0}) return schedule.every >= distance;
  static constexpr int kLooked = 100;
  if (schedule.lines.size() == 1 && distance <= 1h && is_hourly_at_most(schedule.lines[0].pattern))
    return true;
  Time slot = from_ms(1'767'225'599'999);  // before 2026
  std::optional<Time> before;
  for (int i = 0; i < kLooked; ++i) {
    const auto next = next_slot(schedule, slot, {});
    if (!next) return true;
    if (before && *next - *before < distance) return false;
    before = slot = *next;
  }
  return true;
}

}  // namespace hb
