#include "text/time.hpp"

#include <algorithm>
#include <array>

namespace hb {
namespace {

using namespace std::chrono;

constexpr Time kFirst{};
constexpr Time kLast = Time{sys_days{year{9999} / 12 / 31}} + 24h - 1ms;

// Right-aligned with leading zeros; answers where the next ones go.
template <int kWidth>
char* put_digits(char* at, int64_t value) {
  for (int i = kWidth; i-- > 0; value /= 10) at[i] = static_cast<char>('0' + value % 10);
  return at + kWidth;
}

char* put(char* at, char symbol) {
  *at = symbol;
  return at + 1;
}

// Reads a text piece by piece; one flag tells at the end whether everything fitted.
class Pieces {
 public:
  explicit Pieces(std::string_view text) : text_(text) {}

  int digits(size_t width) {
    int value = 0;
    for (size_t i = 0; i < width; ++i) {
      if (i >= text_.size() || text_[i] < '0' || text_[i] > '9') {
        good_ = false;
        return 0;
      }
      value = value * 10 + (text_[i] - '0');
    }
    text_.remove_prefix(width);
    return value;
  }
  bool eat(char symbol) {
    if (!peek(symbol)) return false;
    text_.remove_prefix(1);
    return true;
  }
  void expect(char symbol) { good_ = eat(symbol) && good_; }
  bool peek(char symbol) const { return !text_.empty() && text_.front() == symbol; }
  bool peek_digit() const { return !text_.empty() && text_.front() >= '0' && text_.front() <= '9'; }
  bool done() const { return good_ && text_.empty(); }
  bool is_empty() const { return text_.empty(); }
  void fail() { good_ = false; }

 private:
  std::string_view text_;
  bool good_ = true;
};

Day read_day(Pieces& pieces) {
  const int y = pieces.digits(4);
  pieces.expect('-');
  const unsigned m = static_cast<unsigned>(pieces.digits(2));
  pieces.expect('-');
  const unsigned d = static_cast<unsigned>(pieces.digits(2));
  const year_month_day date{year{y}, month{m}, day{d}};
  if (!date.ok()) pieces.fail();
  return date.ok() ? sys_days{date} : sys_days{};
}

Millis read_clock(Pieces& pieces) {
  const int hour = pieces.digits(2);
  pieces.expect(':');
  const int minute = pieces.digits(2);
  const int second = pieces.eat(':') ? pieces.digits(2) : 0;
  if (hour > 23 || minute > 59 || second > 59) pieces.fail();
  return hours{hour} + minutes{minute} + seconds{second};
}

// Digits after the point beyond the third are read and dropped.
Millis read_fraction(Pieces& pieces) {
  if (!pieces.eat('.')) return 0ms;
  int ms = 0;
  int scale = 100;
  if (!pieces.peek_digit()) pieces.fail();
  while (pieces.peek_digit()) {
    ms += pieces.digits(1) * scale;
    scale /= 10;
  }
  return Millis{ms};
}

Millis read_offset(Pieces& pieces) {
  if (pieces.is_empty() || pieces.eat('Z') || pieces.eat('z')) return 0ms;
  const int sign = pieces.peek('-') ? -1 : 1;
  if (!pieces.eat('-')) pieces.expect('+');
  const int hour = pieces.digits(2);
  pieces.eat(':');
  const int minute = pieces.digits(2);
  if (hour > 23 || minute > 59) pieces.fail();
  return sign * (hours{hour} + minutes{minute});
}

}  // namespace

std::optional<Time> stored_time(int64_t ms) {
  return ms > 0 && ms <= to_ms(kLast) ? std::optional(from_ms(ms)) : std::nullopt;
}

void put_iso(char* at, Time time) {
  time = std::clamp(time, kFirst, kLast);
  const Day day = day_of(time);
  const year_month_day date{day};
  const int64_t ms = (time - day).count();
  at = put_digits<4>(at, static_cast<int>(date.year()));
  at = put_digits<2>(put(at, '-'), static_cast<unsigned>(date.month()));
  at = put_digits<2>(put(at, '-'), static_cast<unsigned>(date.day()));
  at = put_digits<2>(put(at, 'T'), ms / 3'600'000);
  at = put_digits<2>(put(at, ':'), ms / 60'000 % 60);
  at = put_digits<2>(put(at, ':'), ms / 1000 % 60);
  put(put_digits<3>(put(at, '.'), ms % 1000), 'Z');
}

void append_iso(std::string& out, Time time) {
  out.resize(out.size() + kIsoLength);
  put_iso(out.data() + out.size() - kIsoLength, time);
}

std::string iso(Time time) {
  std::string out;
  append_iso(out, time);
  return out;
}

std::optional<Time> parse_iso(std::string_view text) {
  if (text.size() != kIsoLength || text[10] != 'T' || text[16] != ':' || text[23] != 'Z') return std::nullopt;
  return parse_time(text);
}

std::optional<Time> parse_time(std::string_view text) {
  Pieces pieces(text);
  const Day day = read_day(pieces);
  if (pieces.done()) return day;
  if (!pieces.eat('T') && !pieces.eat('t')) pieces.expect(' ');
  const Millis clock = read_clock(pieces);
  const Millis fraction = read_fraction(pieces);
  const Millis offset = read_offset(pieces);
  if (!pieces.done()) return std::nullopt;
  return day + clock + fraction - offset;
}

std::string iso_day(Day day) {
  return iso(day).substr(0, 10);
}

std::optional<Day> parse_day(std::string_view text) {
  Pieces pieces(text);
  const Day day = read_day(pieces);
  return pieces.done() ? std::optional(day) : std::nullopt;
}

std::string humanized(Millis duration) {
  struct Unit {
    int64_t ms;
    const char* name;
  };
  static constexpr Unit kUnits[] = {{86'400'000, " d"}, {3'600'000, " h"}, {60'000, " min"}, {1000, " s"}};
  int64_t left = std::max<int64_t>(duration.count(), 0);
  std::string out;
  int units = 0;
  for (const auto& [ms, name] : kUnits) {
    if (units > 0) ++units;
    if (units > 2 || left < ms) continue;
    if (!out.empty()) out += ' ';
    out += std::to_string(left / ms) + name;
    left %= ms;
    if (units == 0) units = 1;
  }
  return out.empty() ? "0 s" : out;
}

std::string clock_time(Time time) {
  return iso(time).substr(11, 8);
}

std::string humanized_time(Time time) {
  const std::string text = iso(time);
  return text.substr(0, 10) + " " + text.substr(11, 8) + " UTC";
}

}  // namespace hb
