#include "text/cursor.hpp"

#include "text/bytes.hpp"
#include "text/json.hpp"
#include "text/utf8.hpp"

namespace hb {
namespace {

bool is_space(char c) {
  return c == ' ' || c == '\n' || c == '\t' || c == '\r';
}

bool ends_scalar(char c) {
  return c == ',' || c == '}' || c == ']' || c == ':' || c == '"' || is_space(c);
}

// Where a string ends whose content begins at `p`; `end` when it does not.
const char* closing_quote(const char* p, const char* end) {
  for (; p != end && *p != '"'; ++p) {
    if (*p == '\\' && ++p == end) return end;
  }
  return p;
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

bool Cursor::peek_object() {
  if (peek('{')) return true;
  return !bad_ && end_ - at_ > 1 && at_[0] != '"' && at_[1] == '"';
}

bool Cursor::enter_object() {
  if (eat('{')) return true;
  if (at_ != end_) ++at_;
  return false;
}

bool Cursor::resume_behind(char end_of_value) {
  const char boundary[] = {end_of_value, ',', '"'};
  const std::string_view rest(at_, static_cast<size_t>(end_ - at_));
  const size_t found = rest.find({boundary, sizeof boundary});
  if (found == rest.npos) return false;
  at_ += found + 2;
  bad_ = false;
  return true;
}

std::string_view Cursor::string() {
  if (!peek('"')) {
    fail();
    return {};
  }
  const char* const begin = at_ + 1;
  const char* const quote = closing_quote(begin, end_);
  if (quote == end_) {
    fail();
    return {};
  }
  at_ = quote + 1;
  return {begin, static_cast<size_t>(quote - begin)};
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

std::string_view Cursor::string_or_skip(size_t length) {
  const bool ends_there =
      peek('"') && static_cast<size_t>(end_ - at_) >= length + 2 && at_[length + 1] == '"';
  if (!ends_there) return string_or_skip();
  const char* const begin = at_ + 1;
  // A shorter string would have its own end before, and a longer one may have an escaped quote there.
  if (at_[length] == '\\' || contains({begin, length}, '"')) return string();
  at_ += length + 2;
  return {begin, length};
}

int64_t Cursor::integer_or_skip() {
  const Cursor before = *this;
  const int64_t number = integer();
  if (!bad_ || before.bad_) return number;
  *this = before;
  value();
  return 0;
}

std::string_view Cursor::value() {
  skip_space();
  const char* const begin = at_;
  if (peek('{') || peek('[')) {
    skip_container();
  } else if (peek('"')) {
    string();
  } else {
    skip_scalar();
  }
  if (!bad_) return {begin, static_cast<size_t>(at_ - begin)};
  at_ = begin;
  return {};
}

// One pass over the bytes. That commas and colons are where they belong is not checked.
void Cursor::skip_container() {
  int depth = 0;
  for (const char* p = at_; p != end_; ++p) {
    if (*p == '"') {
      p = closing_quote(p + 1, end_);
      if (p == end_) break;
    } else if (*p == '{' || *p == '[') {
      if (++depth > kMaxDepth) break;
    } else if ((*p == '}' || *p == ']') && --depth == 0) {
      at_ = p + 1;
      return;
    }
  }
  fail();
}

void Cursor::skip_scalar() {
  const char* const begin = at_;
  while (at_ != end_ && !ends_scalar(*at_)) ++at_;
  if (at_ == begin) fail();
}

std::string unescaped(std::string_view raw) {
  if (!contains(raw, '\\')) return valid_utf8(raw);
  const std::optional<Json> json = parse_json('"' + valid_utf8(raw) + '"');
  return json ? as_string(*json).value_or("") : std::string();
}

}  // namespace hb
