#include "schedule/on_calendar.hpp"

#include <algorithm>
#include <array>
#include <functional>

#include "schedule/number_set.hpp"
#include "text/ascii.hpp"

namespace hb {
namespace {

struct Shorthand {
  std::string_view name;
  std::string_view text;
};

constexpr std::array<Shorthand, 11> kShorthands{{{"minutely", "*-*-* *:*:00"},
                                                 {"hourly", "*-*-* *:00:00"},
                                                 {"daily", "*-*-* 00:00:00"},
                                                 {"weekly", "Mon *-*-* 00:00:00"},
                                                 {"monthly", "*-*-01 00:00:00"},
                                                 {"quarterly", "*-01,04,07,10-01 00:00:00"},
                                                 {"semiannually", "*-01,07-01 00:00:00"},
                                                 {"semi-annually", "*-01,07-01 00:00:00"},
                                                 {"biannually", "*-01,07-01 00:00:00"},
                                                 {"yearly", "*-01-01 00:00:00"},
                                                 {"annually", "*-01-01 00:00:00"}}};

constexpr int kFirstYear = 1970;
constexpr int kLastYear = 2199;

struct Component {
  std::string_view name;
  int from;
  int to;
};

constexpr Component kYear{"year", kFirstYear, kLastYear};
constexpr Component kMonth{"month", 1, 12};
constexpr Component kDay{"day", 1, 31};
constexpr Component kHour{"hour", 0, 23};
constexpr Component kMinute{"minute", 0, 59};
constexpr Component kSecond{"second", 0, 59};

struct Values {
  int from = 0;
  int to = 0;
  int step = 1;
};

// Reads one expression. What is wrong, if anything, is in `fault`.
class CalendarReader {
 public:
  std::string& fault() { return fault_; }

  Pattern read(std::vector<std::string_view> words) {
    Pattern pattern{.days = static_cast<uint32_t>(bits(1, 31)), .weekdays = static_cast<uint8_t>(bits(0, 6))};
    pattern.months = static_cast<uint32_t>(bits(1, 12));
    if (!words.empty() && weekday_named(words[0].substr(0, words[0].find_first_of(",.-")))) {
      pattern.weekdays = read_weekdays(words[0]);
      words.erase(words.begin());
    }
    if (!words.empty() && words[0].find(':') == std::string_view::npos) {
      read_date(words[0], pattern);
      words.erase(words.begin());
    }
    read_time(words.empty() ? "00:00:00" : words[0], pattern);
    if (words.size() > 1)
      wrong(in_quotes(words[1]) + " is neither a weekday, a date, a time nor a zone in its place");
    return pattern;
  }

 private:
  void wrong(std::string text) {
    if (fault_.empty()) fault_ = std::move(text);
  }

  std::optional<int> weekday_at(std::string_view text) {
    const auto weekday = weekday_named(text);
    if (!weekday) wrong(in_quotes(text) + " is no weekday; write Mon to Sun");
    return weekday;
  }

  // Weeks begin on Monday.
  uint8_t read_weekdays(std::string_view text) {
    unsigned set = 0;
    for (const std::string_view part : parts_of(text, ',')) {
      if (part.empty()) continue;
      const size_t dots = std::min(part.find(".."), part.find('-'));
      const size_t behind = dots == part.npos ? part.npos : part.find_first_not_of(".-", dots);
      const auto from = weekday_at(part.substr(0, dots));
      const auto to = dots == part.npos ? from : weekday_at(behind == part.npos ? "" : part.substr(behind));
      if (!from || !to) return 0;
      const int first = (*from + 6) % 7;
      const int last = (*to + 6) % 7;
      if (first > last)
        wrong(
            in_quotes(part) + " runs backwards; a week begins on Monday: write " +
            in_quotes(std::string(part.substr(0, dots)) + "..Sun,Mon.." + std::string(part.substr(behind))));
      for (int i = first; i <= last; ++i) set |= 1u << (i + 1) % 7;
    }
    return static_cast<uint8_t>(set);
  }

  void read_date(std::string_view text, Pattern& pattern) {
    const size_t tilde = text.find('~');
    const size_t last_dash = text.rfind('-');
    const size_t cut = tilde == text.npos ? last_dash : tilde;
    if (cut == text.npos) {
      return wrong(in_quotes(text) + " is no date; write one as in *-*-01, and a time as in 03:30");
    }
    const std::string_view front = text.substr(0, cut);
    const size_t dash = front.find('-');
    if (dash != front.npos) read_years(front.substr(0, dash), pattern);
    pattern.months = static_cast<uint32_t>(read_set(front.substr(dash == front.npos ? 0 : dash + 1), kMonth));
    const std::string_view days = text.substr(cut + 1);
    if (tilde == text.npos) {
      pattern.days = static_cast<uint32_t>(read_set(days, kDay));
    } else {
      pattern.days = 0;
      pattern.days_from_end = static_cast<uint32_t>(read_from_end(days));
    }
  }

  void read_years(std::string_view text, Pattern& pattern) {
    if (text == "*") return;
    each_values(text, kYear, [&](const Values& values) {
      pattern.years.push_back({.from = values.from, .to = values.to, .step = values.step});
    });
  }

  void read_time(std::string_view text, Pattern& pattern) {
    const auto parts = parts_of(text, ':');
    if (parts.size() < 2 || parts.size() > 3)
      return wrong(in_quotes(text) + " is no time; write one as in 03:30");
    if (parts.size() == 3 && parts[2].find('.') != text.npos && parts[2].find("..") == text.npos)
      return wrong(in_quotes(text) + " has parts of a second; write whole ones");
    pattern.hours = static_cast<uint32_t>(read_set(parts[0], kHour));
    pattern.minutes = read_set(parts[1], kMinute);
    pattern.seconds = parts.size() == 3 ? read_set(parts[2], kSecond) : 1;
  }

  uint64_t read_set(std::string_view text, const Component& component) {
    if (text == "*") return bits(component.from, component.to);
    uint64_t set = 0;
    each_values(text, component, [&](const Values& values) {
      for (int i = values.from; i <= values.to; i += values.step) set |= uint64_t{1} << i;
    });
    return set;
  }

  // Days before the end of the month: 3/1 are the last three.
  uint64_t read_from_end(std::string_view text) {
    if (text == "*") return bits(kDay.from, kDay.to);
    uint64_t set = 0;
    each_values(text, kDay, [&](const Values& values) {
      const bool is_open = text.find('/') != text.npos && text.find("..") == text.npos;
      const int from = is_open ? values.from : values.to;
      const int to = is_open ? 1 : values.from;
      for (int i = from; i >= to; i -= values.step) set |= uint64_t{1} << i;
    });
    return set;
  }

  template <class Visit>
  void each_values(std::string_view text, const Component& component, Visit visit) {
    for (const std::string_view part : parts_of(text, ',')) {
      const auto values = read_values(part, component);
      if (values) visit(*values);
    }
  }

  std::optional<Values> read_values(std::string_view part, const Component& component) {
    const size_t slash = part.find('/');
    const std::string_view base = part.substr(0, slash);
    const auto step = slash == part.npos ? std::optional(1) : small_number(part.substr(slash + 1));
    if (base == "*" && slash != part.npos) {
      return wrong(in_quotes(part) + " is not how OnCalendar repeats; write " +
                   in_quotes(std::to_string(component.from) + std::string(part.substr(slash)))),
             std::nullopt;
    }
    if (!step || *step == 0)
      return wrong("the step of " + in_quotes(part) + " must be 1 or more"), std::nullopt;
    const size_t dots = base.find("..");
    const auto from = value_of(base.substr(0, dots), component);
    const auto to = dots == base.npos ? from : value_of(base.substr(dots + 2), component);
    if (!from || !to) return std::nullopt;
    if (*to < *from) return wrong(in_quotes(part) + " runs backwards"), std::nullopt;
    const bool is_open = slash != part.npos && dots == base.npos;
    return Values{*from, is_open ? component.to : *to, *step};
  }

  std::optional<int> value_of(std::string_view text, const Component& component) {
    auto number = small_number(text);
    const bool is_short_year = component.from == kFirstYear && number && *number < 100;
    if (is_short_year) *number += *number < 70 ? 2000 : 1900;
    if (number && *number >= component.from && *number <= component.to) return number;
    wrong(in_quotes(text) + " is no " + std::string(component.name) + "; write " +
          std::to_string(component.from) + " to " + std::to_string(component.to));
    return std::nullopt;
  }

  std::string fault_{};
};

bool is_letter_first(std::string_view word) {
  const char c = lower(word.substr(0, 1))[0];
  return c >= 'a' && c <= 'z';
}

std::optional<std::string_view> shorthand(std::string_view word) {
  const std::string small = lower(word);
  for (const auto& [name, text] : kShorthands) {
    if (name == small) return text;
  }
  return std::nullopt;
}

// The last word, when it is neither weekdays nor a shorthand.
std::string take_zone(std::vector<std::string_view>& words) {
  const std::string_view last = words.back();
  const bool is_weekday = weekday_named(last.substr(0, last.find_first_of(",.-"))).has_value();
  if (words.size() < 2 || !is_letter_first(last) || is_weekday) return {};
  words.pop_back();
  return std::string(last);
}

}  // namespace

ParsedLine parse_on_calendar(std::string_view text) {
  ScheduleLine line{.text = std::string(trimmed(text)), .clock_change = ClockChange::skips};
  std::vector<std::string_view> words = words_of(text);
  if (words.empty()) return "is empty; write a time as in \"*-*-* 03:30\"";
  if (words[0].starts_with('@'))
    return in_quotes(words[0]) + " is no time of a calendar; write one as in 2026-12-24 18:00";
  line.zone = take_zone(words);
  const auto known = words.size() == 1 ? shorthand(words[0]) : std::nullopt;
  if (known) words = words_of(*known);
  CalendarReader reader;
  line.pattern = reader.read(std::move(words));
  if (!reader.fault().empty()) return std::move(reader.fault());
  if (!ever_comes(line.pattern)) return in_quotes(line.text) + " names a day that never comes";
  return line;
}

}  // namespace hb
