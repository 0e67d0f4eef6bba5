#include "text/whole_json.hpp"

#include <algorithm>
#include <array>

#include "text/json.hpp"
#include "text/utf8.hpp"

namespace hb {
namespace {

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

bool is_hex(char c) {
  return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

bool is_blank_byte(char c) {
  return c == ' ' || c == '\n' || c == '\t' || c == '\r';
}

// Steps over one value; false as soon as it is none.
class Walk {
 public:
  explicit Walk(std::string_view text) : at_(text.data()), end_(text.data() + text.size()) {}

  bool is_one_value() {
    if (!value()) return false;
    while (depth_ > 0) {
      if (!next_of_container()) return false;
    }
    skip_blanks();
    return at_ == end_;
  }

  // Behind the opening quote, up to and over the closing one.
  bool rest_of_string() {
    for (; at_ != end_ && *at_ != '"'; ++at_) {
      if (static_cast<unsigned char>(*at_) < 0x20) return false;
      if (*at_ == '\\' && !escape()) return false;
    }
    return at_++ != end_;
  }

  bool at_end() const { return at_ == end_; }

 private:
  void skip_blanks() {
    while (at_ != end_ && is_blank_byte(*at_)) ++at_;
  }

  bool eat(char c) {
    skip_blanks();
    if (at_ == end_ || *at_ != c) return false;
    ++at_;
    return true;
  }

  bool value() {
    if (eat('{')) return open(true);
    if (eat('[')) return open(false);
    if (eat('"')) return rest_of_string();
    if (at_ != end_ && (*at_ == '-' || is_digit(*at_))) return number();
    return word("true") || word("false") || word("null");
  }

  bool open(bool is_object) {
    if (depth_ == kMaxDepth) return false;
    is_object_[static_cast<size_t>(depth_++)] = is_object;
    if (eat(is_object ? '}' : ']')) return --depth_ >= 0;
    return entry(is_object);
  }

  bool entry(bool is_object) {
    if (is_object && !(eat('"') && rest_of_string() && eat(':'))) return false;
    return value();
  }

  bool next_of_container() {
    const bool is_object = is_object_[static_cast<size_t>(depth_ - 1)];
    if (eat(is_object ? '}' : ']')) return --depth_ >= 0;
    return eat(',') && entry(is_object);
  }

  bool word(std::string_view word) {
    if (static_cast<size_t>(end_ - at_) < word.size()) return false;
    if (std::string_view(at_, word.size()) != word) return false;
    at_ += word.size();
    return true;
  }

  bool digits() {
    const char* const first = at_;
    while (at_ != end_ && is_digit(*at_)) ++at_;
    return at_ != first;
  }

  bool number() {
    if (*at_ == '-') ++at_;
    const char* const whole = at_;
    if (!digits() || (*whole == '0' && at_ - whole > 1)) return false;
    if (at_ != end_ && *at_ == '.') {
      ++at_;
      if (!digits()) return false;
    }
    if (at_ == end_ || (*at_ != 'e' && *at_ != 'E')) return true;
    ++at_;
    if (at_ != end_ && (*at_ == '+' || *at_ == '-')) ++at_;
    return digits();
  }

  // At the backslash; stays at the last character of the escape.
  bool escape() {
    if (++at_ == end_) return false;
    if (*at_ != 'u') return std::string_view("\"\\/bfnrt").find(*at_) != std::string_view::npos;
    if (end_ - at_ < 5 || !std::all_of(at_ + 1, at_ + 5, is_hex)) return false;
    const bool is_surrogate = (at_[1] == 'd' || at_[1] == 'D') && at_[2] >= '8';
    at_ += 4;
    return !is_surrogate;
  }

  const char* at_;
  const char* end_;
  int depth_ = 0;
  std::array<bool, kMaxDepth> is_object_{};
};

bool is_ascii(std::string_view text) {
  static constexpr uint64_t kHighBits = 0x8080808080808080;
  for (; text.size() >= 8; text.remove_prefix(8)) {
    if ((eight_bytes(text.data()) & kHighBits) != 0) return false;
  }
  return std::none_of(text.begin(), text.end(), [](char c) { return (c & 0x80) != 0; });
}

bool is_utf8(std::string_view text) {
  return is_ascii(text) || valid_utf8(text) == text;
}

}  // namespace

bool is_whole_json(std::string_view text) {
  return Walk(text).is_one_value() && is_utf8(text);
}

bool is_raw_string(std::string_view text) {
  if (is_plain(text)) return true;
  return is_whole_json('"' + std::string(text) + '"');
}

}  // namespace hb
