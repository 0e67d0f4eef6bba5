#include "schedule/pattern.hpp"

#include <algorithm>
#include <bit>

namespace hb {
namespace {

using std::chrono::days;
using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::months;
using std::chrono::seconds;
using std::chrono::year_month_day;
using std::chrono::year_month_day_last;

constexpr int kNone = 64;

int next_bit(uint64_t set, int from) {
  if (from >= kNone) return kNone;
  const uint64_t rest = set >> from;
  return rest == 0 ? kNone : from + std::countr_zero(rest);
}

// The first time of a day that is not before `from`.
std::optional<seconds> next_time_of_day(const Pattern& pattern, seconds from) {
  const auto total = static_cast<int>(from.count());
  int hour = total / 3600;
  int minute = total / 60 % 60;
  int second = total % 60;
  while (true) {
    const int at_hour = next_bit(pattern.hours, hour);
    if (at_hour == kNone) return std::nullopt;
    if (at_hour > hour) minute = second = 0;
    hour = at_hour;
    const int at_minute = next_bit(pattern.minutes, minute);
    if (at_minute > minute) second = 0;
    minute = at_minute;
    const int at_second = minute == kNone ? kNone : next_bit(pattern.seconds, second);
    if (at_second != kNone) return hours{hour} + minutes{minute} + seconds{at_second};
    if (minute == kNone) ++hour;
    minute = minute == kNone ? 0 : minute + 1;
    second = 0;
  }
}

bool has_year(const Pattern& pattern, int year) {
  const auto has = [year](const YearRange& range) {
    return range.from <= year && year <= range.to && (year - range.from) % range.step == 0;
  };
  return pattern.years.empty() || std::any_of(pattern.years.begin(), pattern.years.end(), has);
}

unsigned last_day_of(const year_month_day& date) {
  return unsigned{year_month_day_last{date.year(), std::chrono::month_day_last{date.month()}}.day()};
}

unsigned weekday_of(Day day) {
  return std::chrono::weekday{day}.c_encoding();
}

// Saturdays and Sundays at the end of a month are passed over.
bool is_last_workday(Day day, unsigned number, unsigned last) {
  const unsigned weekday = weekday_of(day);
  if (weekday == 0 || weekday == 6) return false;
  return number == last || (weekday == 5 && number + 2 >= last);
}

bool is_day_of_month(const Pattern& pattern, Day day, unsigned number, unsigned last) {
  return has_bit(pattern.days, number) || has_bit(pattern.days_from_end, last - number + 1) ||
         (pattern.has_last_workday && is_last_workday(day, number, last));
}

bool is_weekday(const Pattern& pattern, Day day, unsigned number, unsigned last) {
  const unsigned weekday = weekday_of(day);
  const uint8_t nth = pattern.nth_weekdays[weekday];
  return has_bit(pattern.weekdays, weekday) || has_bit(nth, (number + 6) / 7) ||
         (has_bit(nth, kLastOfMonth) && number + 7 > last);
}

bool has_day(const Pattern& pattern, Day day, const year_month_day& date) {
  const auto number = unsigned{date.day()};
  const unsigned last = last_day_of(date);
  if (is_day_of_month(pattern, day, number, last) == pattern.is_either) return pattern.is_either;
  return is_weekday(pattern, day, number, last);
}

// The first day from `from` on, inclusive; absent when there is none up to `until`, inclusive.
std::optional<Day> next_day(const Pattern& pattern, Day from, Day until) {
  for (Day day = from; day <= until;) {
    const year_month_day date{day};
    if (!has_year(pattern, int{date.year()})) {
      day = Day{(date.year() + std::chrono::years{1}) / 1 / 1};
    } else if (!has_bit(pattern.months, unsigned{date.month()})) {
      day = Day{date.year() / date.month() / 1 + months{1}};
    } else if (!has_day(pattern, day, date)) {
      day += days{1};
    } else {
      return day;
    }
  }
  return std::nullopt;
}

}  // namespace

std::optional<WallTime> next_match(const Pattern& pattern, WallTime from, WallTime until) {
  const Day today = std::chrono::floor<days>(from);
  const Day last = std::chrono::floor<days>(until);
  std::optional<Day> day = next_day(pattern, today, last);
  std::optional<seconds> time;
  if (day) time = next_time_of_day(pattern, *day == today ? from - today : seconds{0});
  if (day && !time) {
    day = next_day(pattern, *day + days{1}, last);
    time = next_time_of_day(pattern, seconds{0});
  }
  if (!day || !time || *day + *time >= until) return std::nullopt;
  return *day + *time;
}

bool ever_comes(const Pattern& pattern) {
  using namespace std::chrono;
  return next_match(pattern, Day{year{1970} / 1 / 1}, Day{year{2200} / 1 / 1}).has_value();
}

}  // namespace hb
