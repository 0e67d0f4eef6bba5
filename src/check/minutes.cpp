#include "check/minutes.hpp"

#include <algorithm>

namespace hb {
namespace {

// Minutes since the epoch.
int64_t minute_of(Time time) {
  return std::chrono::floor<std::chrono::minutes>(time).time_since_epoch().count();
}

// A stretch of whole minutes, the last one excluded.
struct Stretch {
  int64_t begin = 0;
  int64_t end = 0;
};

int overlap(const Stretch& one, const Stretch& other) {
  return static_cast<int>(
      std::max<int64_t>(std::min(one.end, other.end) - std::max(one.begin, other.begin), 0));
}

Stretch whole_day(Day day) {
  const int64_t begin = minute_of(day);
  return {begin, begin + kMinutesPerDay};
}

void add(DayCells& cells, Day today, const Stretch& stretch, Status status) {
  count(cells.today, status, overlap(stretch, whole_day(today)));
  count(cells.yesterday, status, overlap(stretch, whole_day(today - std::chrono::days{1})));
}

}  // namespace

DayCells rolled(const DayCells& cells, Day from, Day to) {
  const auto days = (to - from).count();
  if (days == 0) return cells;
  if (days == 1) return {.today = {}, .yesterday = cells.today};
  return {};
}

DayCells counted(const DayCells& cells, const Elapsed& elapsed, Status before, Status after) {
  const int64_t record = minute_of(elapsed.last_record);
  const int64_t last = minute_of(elapsed.last_check);
  const int64_t check = minute_of(elapsed.check);
  if (check <= record) return cells;
  const bool is_held = elapsed.check - elapsed.last_check <= elapsed.held_for;
  const Day today = day_of(elapsed.check);
  DayCells sum = cells;
  add(sum, today, {record + 1, last + 1}, before);
  add(sum, today, {last + 1, check}, is_held ? before : Status::unknown);
  add(sum, today, {check, check + 1}, after);
  return sum;
}

DayCells counted_first(const DayCells& cells, Time check, Status status) {
  DayCells sum = cells;
  const int64_t minute = minute_of(check);
  add(sum, day_of(check), {minute, minute + 1}, status);
  return sum;
}

}  // namespace hb
