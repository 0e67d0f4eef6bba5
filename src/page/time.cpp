#include "page/time.hpp"

#include <array>

namespace hb {
namespace {

using std::chrono::year_month_day;

constexpr std::array<std::string_view, 12> kMonths{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                   "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

void append_two_digits(std::string& out, int64_t number) {
  out += static_cast<char>('0' + number / 10);
  out += static_cast<char>('0' + number % 10);
}

void append_date(std::string& out, const year_month_day& date) {
  out += std::to_string(static_cast<unsigned>(date.day()));
  (out += ' ') += kMonths[static_cast<unsigned>(date.month()) - 1];
}

}  // namespace

void append_when(std::string& out, Time time, Time now) {
  const Day day = day_of(time);
  const year_month_day date{day};
  append_date(out, date);
  if (date.year() != year_month_day{day_of(now)}.year()) {
    (out += ' ') += std::to_string(static_cast<int>(date.year()));
  }
  const int64_t minutes = (time - day) / 1min;
  append_two_digits(out += ", ", minutes / 60);
  append_two_digits(out += ':', minutes % 60);
  out += " UTC";
}

}  // namespace hb
