// Which times of the wall clock a line of a schedule names.
#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <optional>
#include <vector>

#include "text/time.hpp"

namespace hb {

// What the clocks of a place show, as if it were UTC.
using WallTime = std::chrono::sys_seconds;

// Both included.
struct YearRange {
  int from = 0;
  int to = 0;
  int step = 1;

  bool operator==(const YearRange&) const = default;
};

// Sets of numbers are bits: that of 3 is 1 << 3.
struct Pattern {
  uint64_t seconds = 1;
  uint64_t minutes = 0;
  uint32_t hours = 0;
  uint32_t months = 0;            // 1 to 12
  uint32_t days = 0;              // 1 to 31
  uint32_t days_from_end = 0;     // 1 is the last of the month
  bool has_last_workday = false;  // the last one from Monday to Friday
  uint8_t weekdays = 0;           // 0 is Sunday
  // Of each weekday its first to fifth in the month, as 1 to 5; kLastOfMonth is its last.
  std::array<uint8_t, 7> nth_weekdays{};
  // Whether a day of the month or a weekday is enough, or both have to hold.
  bool is_either = false;
  std::vector<YearRange> years{};  // empty: all

  bool operator==(const Pattern&) const = default;
};

inline constexpr int kLastOfMonth = 6;

// The first time from `from` on, inclusive, that the pattern names, before `until`.
std::optional<WallTime> next_match(const Pattern& pattern, WallTime from, WallTime until);

// Whether it names any time at all, as 30 February does not.
bool ever_comes(const Pattern& pattern);

// All numbers from `from` to `to`.
constexpr uint64_t bits(int from, int to) {
  uint64_t out = 0;
  for (int i = from; i <= to; ++i) out |= uint64_t{1} << i;
  return out;
}

constexpr bool has_bit(uint64_t set, unsigned number) {
  return (set >> number & 1) != 0;
}

}  // namespace hb
