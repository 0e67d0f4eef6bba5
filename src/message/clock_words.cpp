#include "message/clock_words.hpp"

namespace hb {
namespace {

// "22 Nov", and the year when it is not that of today.
std::string day_words(Day day, Day today) {
  static constexpr std::string_view kMonths = "JanFebMarAprMayJunJulAugSepOctNovDec";
  const std::chrono::year_month_day date(day);
  const size_t month = static_cast<unsigned>(date.month()) - 1;
  std::string out = std::to_string(static_cast<unsigned>(date.day())) + " ";
  out += kMonths.substr(3 * month, 3);
  if (date.year() != std::chrono::year_month_day(today).year())
    out += " " + std::to_string(static_cast<int>(date.year()));
  return out;
}

std::string without_zero_seconds(const std::string& clock, Time time) {
  const bool is_full = time.time_since_epoch() % 60s == Millis{0};
  return is_full ? clock.substr(0, clock.size() - 3) : clock;
}

}  // namespace

std::string ClockWords::day_before(Time time) {
  const Day day = day_of(offsets_.local(time));
  if (day == day_) return {};
  day_ = day;
  return day_words(day, today_) + " ";
}

std::string ClockWords::offset_behind(Time time) const {
  const auto offset = offsets_.at(time);
  return offset == offset_ ? std::string() : " " + offset_text(offset);
}

std::string ClockWords::second(Time time) {
  const std::string day = day_before(time);
  return day + clock_time(offsets_.local(time)) + offset_behind(time);
}

std::string ClockWords::minute(Time time) {
  const std::string day = day_before(time);
  return day + without_zero_seconds(clock_time(offsets_.local(time)), time) + offset_behind(time);
}

std::string ClockWords::span(Time from, Time to) {
  const bool is_one_offset = offsets_.at(from) == offsets_.at(to);
  const std::string day = day_before(from);
  std::string out = day + without_zero_seconds(clock_time(offsets_.local(from)), from);
  if (!is_one_offset) out += offset_behind(from);
  // Within a day the clock is enough to say when it ended.
  const bool is_near = to - from < 24h;
  const std::string day_of_end = day_before(to);
  out += (is_near ? "–" : " – " + day_of_end) + without_zero_seconds(clock_time(offsets_.local(to)), to);
  return out + offset_behind(to);
}

}  // namespace hb
