#include "cursor.hpp"

#include <cstring>

#include "json.hpp"
#include "utf8.hpp"

namespace hb {
namespace {

bool is_space(char c) {
  return c == ' ' || c == '\n' || c == '\t' || c == '\r';
}

bool ends_scalar(char c) {
  return c == ',' || c == '}' || c == ']' || c == ':' || c == '"' || is_space(c);
}

}  // namespace

void Cursor::skip_space() {
  while (at_ != end_ && is_space(*at_)) ++at_;
}

bool Cursor::at_end() {
  skip_space();
  return at_ == end_;
}

bool Cursor::peek(char symbol) {
  skip_space();
  return !bad_ && at_ != end_ && *at_ == symbol;
}

bool Cursor::eat(char symbol) {
  if (!peek(symbol)) return false;
  ++at_;
  return true;
}

void Cursor::expect(char symbol) {
  if (!eat(symbol)) fail();
}

std::string_view Cursor::string() {
  if (!peek('"')) {
    fail();
    return {};
  }
  const char* const begin = at_ + 1;
  for (const char* p = begin; p < end_; ++p) {
    if (*p == '"') {
      at_ = p + 1;
      return {begin, static_cast<size_t>(p - begin)};
    }
    if (*p == '\\' && ++p == end_) break;
  }
  fail();
  return {};
}

std::string_view Cursor::string_of(size_t length) {
  if (!peek('"') || static_cast<size_t>(end_ - at_) < length + 2 || at_[length + 1] != '"') return string();
  const char* const begin = at_ + 1;
  // A shorter string would have its own end before, and a longer one may have an escaped quote there.
  if (at_[length] == '\\' || std::memchr(begin, '"', length) != nullptr) return string();
  at_ += length + 2;
  return {begin, length};
}

int64_t Cursor::integer() {
  skip_space();
  const char* p = at_;
  const bool negative = p != end_ && *p == '-';
  if (negative) ++p;
  const char* const first_digit = p;
  int64_t number = 0;
  for (; p != end_ && *p >= '0' && *p <= '9' && p - first_digit < 18; ++p) number = number * 10 + (*p - '0');
  if (bad_ || p == first_digit || (p != end_ && !ends_scalar(*p))) {
    fail();
    return 0;
  }
  at_ = p;
  return negative ? -number : number;
}

std::string_view Cursor::string_or_skip() {
  if (peek('"')) return string();
  value();
  return {};
}

int64_t Cursor::integer_or_skip() {
  const Cursor before = *this;
  const int64_t number = integer();
  if (!bad_ || before.bad_) return number;
  *this = before;
  value();
  return 0;
}

// One pass over the bytes. That commas and colons are where they belong is not checked.
std::string_view Cursor::value() {
  skip_space();
  const char* const begin = at_;
  int depth = 0;
  do {
    step_over_token(depth);
    if (depth > kMaxDepth) fail();
  } while (!bad_ && depth > 0);
  if (!bad_) return {begin, static_cast<size_t>(at_ - begin)};
  at_ = begin;
  return {};
}

void Cursor::step_over_token(int& depth) {
  if (at_ == end_) return fail();
  switch (*at_) {
    case '"':
      string();
      return;
    case '{':
    case '[':
      ++depth;
      ++at_;
      return;
    case '}':
    case ']':
      if (--depth < 0) return fail();
      ++at_;
      return;
    default:
      depth == 0 ? skip_scalar() : skip_filling();
  }
}

// What stands between the strings and brackets of an object or array.
void Cursor::skip_filling() {
  while (at_ != end_ && *at_ != '"' && *at_ != '{' && *at_ != '[' && *at_ != '}' && *at_ != ']') ++at_;
}

void Cursor::skip_scalar() {
  const char* const begin = at_;
  while (at_ != end_ && !ends_scalar(*at_)) ++at_;
  if (at_ == begin) fail();
}

std::string unescaped(std::string_view raw) {
  if (raw.find('\\') == raw.npos) return valid_utf8(raw);
  const std::optional<Json> json = parse_json('"' + valid_utf8(raw) + '"');
  return json ? as_string(*json).value_or("") : std::string();
}

}  // namespace hb
