#include "schedule/cron.hpp"

#include <algorithm>
#include <array>

#include "schedule/number_set.hpp"
#include "text/ascii.hpp"

namespace hb {
namespace {

struct CronField {
  std::string_view name;
  int from;
  int to;
};

constexpr std::array<CronField, 5> kFields{
    {{"minute", 0, 59}, {"hour", 0, 23}, {"day of the month", 1, 31}, {"month", 1, 12}, {"weekday", 0, 7}}};
constexpr size_t kMonthField = 3;
constexpr size_t kWeekdayField = 4;

struct Nickname {
  std::string_view name;
  std::string_view fields;
};

constexpr std::array<Nickname, 7> kNicknames{{{"@hourly", "0 * * * *"},
                                              {"@daily", "0 0 * * *"},
                                              {"@midnight", "0 0 * * *"},
                                              {"@weekly", "0 0 * * 0"},
                                              {"@monthly", "0 0 1 * *"},
                                              {"@yearly", "0 0 1 1 *"},
                                              {"@annually", "0 0 1 1 *"}}};

// Reads one field into its part of a pattern. What is wrong, if anything, is in `fault`.
class FieldReader {
 public:
  FieldReader(size_t index, std::string_view text) : index_(index), field_(kFields[index]), text_(text) {}

  uint64_t read(Pattern& pattern) {
    uint64_t set = 0;
    for (const std::string_view part : parts_of(text_, ',')) {
      if (fault_.empty() && !read_special(part, pattern)) set |= read_part(part);
    }
    return set;
  }

  const std::string& fault() const { return fault_; }

 private:
  uint64_t wrong(std::string text) {
    if (fault_.empty()) fault_ = std::move(text);
    return 0;
  }

  std::string where() const { return " of the field " + std::string(field_.name); }
  std::string range() const { return std::to_string(field_.from) + " to " + std::to_string(field_.to); }

  // Those that name days by the end of the month, and weekdays by their number in it.
  bool read_special(std::string_view part, Pattern& pattern) {
    const std::string small = lower(part);
    if (index_ == 2 && small == "l") return pattern.days_from_end |= 1u << 1, true;
    if (index_ == 2 && small == "lw") return pattern.has_last_workday = true;
    if (index_ != kWeekdayField) return false;
    const size_t hash = part.find('#');
    const bool is_last = small.size() > 1 && small.back() == 'l' && value_of(part.substr(0, part.size() - 1));
    if (hash == part.npos && !is_last) return false;
    const int nth = is_last ? kLastOfMonth : small_number(part.substr(hash + 1)).value_or(0);
    const auto weekday = value_of(is_last ? part.substr(0, part.size() - 1) : part.substr(0, hash));
    if (!weekday) return wrong(no_value(part)), true;
    if (nth < 1 || (nth > 5 && !is_last))
      return wrong(in_quotes(part) + " is no day: a month has up to five of a weekday; write #1 to #5"), true;
    pattern.nth_weekdays[static_cast<size_t>(*weekday % 7)] |= static_cast<uint8_t>(1u << nth);
    return true;
  }

  std::optional<int> value_of(std::string_view text) const {
    if (const auto number = small_number(text)) {
      return *number >= field_.from && *number <= field_.to ? number : std::nullopt;
    }
    if (text.size() != 3) return std::nullopt;
    if (index_ == kMonthField) return month_named(text);
    return index_ == kWeekdayField ? weekday_named(text) : std::nullopt;
  }

  uint64_t read_part(std::string_view part) {
    const size_t slash = part.find('/');
    const std::string_view base = part.substr(0, slash);
    const bool has_step = slash != part.npos;
    const int step = has_step ? step_of(part, part.substr(slash + 1)) : 1;
    const size_t dash = base.find('-');
    if (base == "*") return stepped(field_.from, field_.to, step);
    if (dash != base.npos) return read_range(part, base.substr(0, dash), base.substr(dash + 1), step);
    const auto value = value_of(base);
    if (!value) return wrong(no_value(base));
    return stepped(*value, has_step ? field_.to : *value, step);
  }

  uint64_t read_range(std::string_view part, std::string_view first, std::string_view last, int step) {
    const auto from = value_of(first);
    const auto to = value_of(last);
    if (!from || !to) return wrong(no_value(from ? last : first));
    if (*from <= *to) return stepped(*from, *to, step);
    const bool is_weekday = index_ == kWeekdayField;
    const int end = is_weekday ? 6 : field_.to;
    std::string offer = std::string(first) + '-' + (is_weekday ? "SAT" : std::to_string(end)) + ',';
    offer += is_weekday ? (*to == 0 ? "SUN" : "SUN-" + std::string(last))
                        : std::to_string(field_.from) + '-' + std::string(last);
    return wrong(in_quotes(part) + where() + " runs backwards; write " + in_quotes(offer));
  }

  int step_of(std::string_view part, std::string_view text) {
    const auto step = small_number(text);
    if (!step || *step == 0)
      return wrong("the step of " + in_quotes(part) + where() + " must be 1 or more"), 1;
    if (*step <= field_.to - field_.from + (index_ == kWeekdayField ? 0 : 1)) return *step;
    wrong("the step of " + in_quotes(part) + where() + ", which has " + range() +
          ", goes beyond it; for a period that does not fit into it write {\"every\": seconds}");
    return 1;
  }

  static uint64_t stepped(int from, int to, int step) {
    uint64_t set = 0;
    for (int i = from; i <= to; i += step) set |= uint64_t{1} << i;
    return set;
  }

  // What was perhaps meant by text that is no value.
  std::string no_value(std::string_view text) const {
    const std::string small = lower(text);
    const std::string start = in_quotes(text) + where();
    if (text == "?") return start + " is of other programs; write *";
    if (small.starts_with('h') && (small.size() == 1 || small[1] == '(')) {
      return start + " is a number that Jenkins chooses; write the number";
    }
    if (small.ends_with('w') && small_number(small.substr(0, small.size() - 1))) {
      return start + " is not known: only LW is, the last working day of the month; write a day";
    }
    const bool has_names = index_ == kMonthField || index_ == kWeekdayField;
    return start + " is none of " + range() +
           (has_names ? index_ == kMonthField ? " or JAN to DEC" : " or SUN to SAT" : "");
  }

  size_t index_;
  const CronField& field_;
  std::string_view text_;
  std::string fault_{};
};

std::string fault_of_count(const std::vector<std::string_view>& words) {
  std::string text = "has " + std::to_string(words.size()) + (words.size() == 1 ? " field" : " fields") +
                     "; a cron line has five: minute, hour, day of the month, month, weekday";
  if (words.size() != 6) return text;
  text += "; without the seconds it is \"";
  for (size_t i = 1; i < words.size(); ++i) text.append(i > 1 ? " " : "").append(words[i]);
  return text + '"';
}

ParsedLine read_fields(const std::vector<std::string_view>& words) {
  Pattern pattern;
  std::array<uint64_t, kFields.size()> sets{};
  for (size_t i = 0; i < kFields.size(); ++i) {
    FieldReader reader(i, words[i]);
    sets[i] = reader.read(pattern);
    if (!reader.fault().empty()) return reader.fault();
  }
  pattern.minutes = sets[0];
  pattern.hours = static_cast<uint32_t>(sets[1]);
  pattern.days = static_cast<uint32_t>(sets[2]);
  pattern.months = static_cast<uint32_t>(sets[3]);
  pattern.weekdays = static_cast<uint8_t>((sets[4] | sets[4] >> 7) & bits(0, 6));  // 7 is Sunday, too
  pattern.is_either = words[2][0] != '*' && words[4][0] != '*';
  const bool is_fixed = words[0][0] != '*' && words[1][0] != '*';
  return ScheduleLine{.pattern = std::move(pattern),
                      .clock_change = is_fixed ? ClockChange::moves : ClockChange::is_followed};
}

ParsedLine read_nickname(std::string_view text) {
  const std::string small = lower(text);
  if (small == "@reboot")
    return "\"@reboot\" names no time; write when it is expected, or {\"every\": seconds}";
  for (const auto& [name, fields] : kNicknames) {
    if (name == small) return read_fields(words_of(fields));
  }
  return in_quotes(text) + " is none of @hourly, @daily, @midnight, @weekly, @monthly, @yearly, @annually";
}

}  // namespace

ParsedLine parse_cron(std::string_view text) {
  const std::vector<std::string_view> words = words_of(text);
  ParsedLine line;
  if (words.size() == 1 && words[0].starts_with('@')) {
    line = read_nickname(words[0]);
  } else if (words.size() != kFields.size()) {
    return fault_of_count(words);
  } else {
    line = read_fields(words);
  }
  auto* read = std::get_if<ScheduleLine>(&line);
  if (read == nullptr) return line;
  read->text = trimmed(text);
  if (!ever_comes(read->pattern)) return in_quotes(read->text) + " names a day that never comes";
  return line;
}

}  // namespace hb
