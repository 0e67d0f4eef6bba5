#include "schedule/sentence.hpp"

#include <bit>

#include "schedule/number_set.hpp"

namespace hb {
namespace {

constexpr int kMostClockTimes = 6;

std::vector<int> numbers_of(uint64_t set) {
  std::vector<int> numbers;
  for (; set != 0; set &= set - 1) numbers.push_back(std::countr_zero(set));
  return numbers;
}

std::string two_digits(int number) {
  return {static_cast<char>('0' + number / 10), static_cast<char>('0' + number % 10)};
}

std::string clock(int hour, int minute, int second) {
  std::string text = two_digits(hour) + ':' + two_digits(minute);
  if (second > 0) text += ':' + two_digits(second);
  return text;
}

// "a, b and c"
std::string joined(const std::vector<std::string>& parts) {
  std::string out;
  for (size_t i = 0; i < parts.size(); ++i) {
    if (i > 0) out += i + 1 == parts.size() ? " and " : ", ";
    out += parts[i];
  }
  return out;
}

template <class Name>
std::string named(uint64_t set, Name name) {
  std::vector<std::string> parts;
  for (const int number : numbers_of(set)) parts.emplace_back(name(number));
  return joined(parts);
}

// Every n-th number of the field from its first on, when n divides it; else zero.
int even_step(uint64_t set, int size) {
  const auto numbers = numbers_of(set);
  if (numbers.empty() || numbers[0] != 0 || size % static_cast<int>(numbers.size()) != 0) return 0;
  const int step = size / static_cast<int>(numbers.size());
  for (size_t i = 0; i < numbers.size(); ++i) {
    if (numbers[i] != static_cast<int>(i) * step) return 0;
  }
  return step;
}

bool is_run(uint64_t set) {
  const auto numbers = numbers_of(set);
  return numbers.size() > 2 && numbers.back() - numbers.front() + 1 == static_cast<int>(numbers.size());
}

std::string every(int step, std::string_view unit) {
  if (step == 1) return "every " + std::string(unit);
  return "every " + std::to_string(step) + ' ' + std::string(unit) + 's';
}

std::string clock_times(const Pattern& pattern) {
  std::vector<std::string> times;
  for (const int hour : numbers_of(pattern.hours)) {
    for (const int minute : numbers_of(pattern.minutes)) {
      for (const int second : numbers_of(pattern.seconds)) times.push_back(clock(hour, minute, second));
    }
  }
  return "at " + joined(times);
}

std::string hours_text(uint32_t hours) {
  if (std::popcount(hours) == 24) return {};
  const auto numbers = numbers_of(hours);
  if (const int step = even_step(hours, 24)) return " of " + (step == 24 ? "hour 0" : every(step, "hour"));
  if (is_run(hours)) {
    return " from " + two_digits(numbers.front()) + ":00 to " + two_digits(numbers.back()) + ":59";
  }
  return " of hour " + named(hours, [](int hour) { return std::to_string(hour); });
}

std::string minutes_text(const Pattern& pattern) {
  if (const int step = even_step(pattern.minutes, 60); step > 0 && step < 60) return every(step, "minute");
  return "at minute " + named(pattern.minutes, [](int minute) { return std::to_string(minute); });
}

struct Times {
  std::string text{};
  bool is_clock = false;  // so that "every day" belongs in front
};

Times times_of(const Pattern& pattern) {
  const int count =
      std::popcount(pattern.hours) * std::popcount(pattern.minutes) * std::popcount(pattern.seconds);
  if (count <= kMostClockTimes) return {clock_times(pattern), true};
  const int seconds = even_step(pattern.seconds, 60);
  if (pattern.seconds != 1) {
    const std::string hours = hours_text(pattern.hours);
    const bool is_whole = std::popcount(pattern.minutes) == 60 && seconds > 0;
    const std::string text =
        seconds == 0 || seconds == 60
            ? "at second " + named(pattern.seconds, [](int s) { return std::to_string(s); })
            : every(seconds, "second");
    return {text + (is_whole ? "" : ", " + minutes_text(pattern)) + hours};
  }
  const int step = even_step(pattern.hours, 24);
  if (std::popcount(pattern.minutes) == 1 && (step > 0 || is_run(pattern.hours))) {
    const int minute = std::countr_zero(pattern.minutes);
    if (step > 0) return {every(step, "hour") + (minute == 0 ? "" : " at :" + two_digits(minute))};
    const auto hours = numbers_of(pattern.hours);
    return {"every hour from " + clock(hours.front(), minute, 0) + " to " + clock(hours.back(), minute, 0)};
  }
  return {minutes_text(pattern) + hours_text(pattern.hours)};
}

std::string ordinal(int number) {
  static constexpr std::string_view kEndings[] = {"th", "st", "nd", "rd"};
  const bool is_plain = number % 10 > 3 || number / 10 == 1;
  return std::to_string(number) + std::string(kEndings[is_plain ? 0 : number % 10]);
}

std::string weekday_name(int weekday) {
  return std::string(kWeekdayNames[static_cast<size_t>(weekday)]);
}

std::string weekdays_text(const Pattern& pattern) {
  std::vector<std::string> parts;
  if (pattern.weekdays == bits(1, 5))
    parts.emplace_back("Monday to Friday");
  else if (pattern.weekdays != 0)
    parts.push_back(named(pattern.weekdays, weekday_name));
  for (int weekday = 0; weekday < 7; ++weekday) {
    for (const int nth : numbers_of(pattern.nth_weekdays[static_cast<size_t>(weekday)])) {
      parts.push_back("the " + (nth == kLastOfMonth ? "last" : ordinal(nth)) + ' ' + weekday_name(weekday) +
                      " of the month");
    }
  }
  return joined(parts);
}

std::string days_text(const Pattern& pattern) {
  std::vector<std::string> parts;
  if (pattern.days != 0) parts.push_back("the " + named(pattern.days, ordinal));
  const auto from_end = numbers_of(pattern.days_from_end);
  if (pattern.days_from_end == bits(1, static_cast<int>(from_end.size())) && from_end.size() > 1) {
    parts.push_back("one of the last " + std::to_string(from_end.size()) + " days of the month");
  } else {
    for (const int day : from_end)
      parts.push_back("the " + (day == 1 ? "" : ordinal(day) + " to ") + "last day of the month");
  }
  if (pattern.has_last_workday) parts.emplace_back("the last working day of the month");
  return joined(parts);
}

// "on …", as far as the days are restricted.
std::string on_days(const Pattern& pattern) {
  const bool has_all_days = pattern.days == bits(1, 31);
  const bool has_all_weekdays = pattern.weekdays == bits(0, 6);
  const std::string days = has_all_days ? std::string() : "on " + days_text(pattern);
  const std::string weekdays = has_all_weekdays ? std::string() : "on " + weekdays_text(pattern);
  if (days.empty() || weekdays.empty()) return days + weekdays;
  return days + (pattern.is_either ? " and " : " when that is ") +
         (pattern.is_either ? weekdays : weekdays.substr(3));
}

std::string years_text(const Pattern& pattern) {
  std::vector<std::string> parts;
  for (const auto& [from, to, step] : pattern.years) {
    parts.push_back(std::to_string(from) + (to > from ? " to " + std::to_string(to) : "") +
                    (step > 1 ? " by " + std::to_string(step) : ""));
  }
  return joined(parts);
}

std::string line_text(const ScheduleLine& line) {
  const Pattern& pattern = line.pattern;
  const Times times = times_of(pattern);
  const std::string days = on_days(pattern);
  std::string out =
      days.empty() ? (times.is_clock ? "every day " : "") + times.text : times.text + ' ' + days;
  if (pattern.months != bits(1, 12))
    out += " in " + named(pattern.months,
                          [](int month) { return std::string(kMonthNames[static_cast<size_t>(month - 1)]); });
  if (!pattern.years.empty()) out += " of " + years_text(pattern);
  return line.zone.empty() ? out : out + " (" + line.zone + ')';
}

}  // namespace

std::string sentence(const Schedule& schedule) {
  if (schedule.every > Millis{0}) return "every " + humanized(schedule.every);
  std::string out;
  for (const ScheduleLine& line : schedule.lines) {
    if (!out.empty()) out += "; ";
    out += line_text(line);
  }
  return out;
}

}  // namespace hb
