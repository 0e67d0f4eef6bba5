// Instants and calendar days, as the documents and the API write them.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace hb {

using namespace std::chrono_literals;

using Millis = std::chrono::milliseconds;
using Time = std::chrono::sys_time<Millis>;
using Day = std::chrono::sys_days;

// Length of the one form in which instants are stored: 2026-11-22T06:00:00.000Z.
inline constexpr size_t kIsoLength = 24;

// Instants outside the years 1970 to 9999 are clamped to them.
std::string iso(Time time);
void append_iso(std::string& out, Time time);
// The same into the kIsoLength bytes at `at`.
void put_iso(char* at, Time time);

// Only the stored form, in UTC.
std::optional<Time> parse_iso(std::string_view text);

// What a person may send: ISO 8601 with an optional fraction and offset, or only a date.
std::optional<Time> parse_time(std::string_view text);

std::string iso_day(Day day);
std::optional<Day> parse_day(std::string_view text);

inline Day day_of(Time time) {
  return std::chrono::floor<std::chrono::days>(time);
}
// Absent for what is none, or cannot be printed: 0 and less, and after 9999.
std::optional<Time> stored_time(int64_t ms);

inline Time from_ms(int64_t ms) {
  return Time{Millis{ms}};
}
inline int64_t to_ms(Time time) {
  return time.time_since_epoch().count();
}

// "6 min", "2 h 5 min", "3 d": the two largest units, for sentences.
std::string humanized(Millis duration);

// "06:00:12", in UTC.
std::string clock_time(Time time);

// "2026-11-22 06:00:12 UTC"
std::string humanized_time(Time time);

// A remembered time more than 60 s ahead of now is damage, and counts as absent.
inline constexpr Millis kAheadAllowed = 60s;
inline bool is_plausible(Time time, Time now) {
  return time <= now + kAheadAllowed;
}

}  // namespace hb
