#include "channels/markup.hpp"

#include <algorithm>
#include <utility>

namespace hb {
namespace {

constexpr std::string_view kWordJoiner = "\u2060";

bool is_alphanumeric(char c) {
  return (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z');
}

}  // namespace

void append_backslashed(std::string& out, std::string_view text) {
  static constexpr std::string_view kSigns = "\\*_~`|>[]#<";
  bool at_line_start = true;
  for (const char c : text) {
    const bool starts_list = at_line_start && (c == '-' || c == '+');
    if (starts_list || kSigns.find(c) != kSigns.npos) out += '\\';
    out += c;
    at_line_start = c == '\n' || (at_line_start && c == ' ');
  }
}

void append_unmentioned(std::string& out, std::string_view text) {
  for (const char c : text) {
    out += c;
    if (c == '@') out += kWordJoiner;
  }
}

void append_markdown(std::string& out, std::string_view text) {
  std::string as_it_is;
  append_backslashed(as_it_is, text);
  append_unmentioned(out, as_it_is);
}

std::string_view lookalike(std::string_view text, size_t at) {
  static constexpr std::pair<char, std::string_view> kLookalikes[] = {
      {'*', "\u2217"}, {'_', "\uFF3F"}, {'~', "\u223C"}, {'`', "\u02CB"}};
  const bool is_in_word =
      at > 0 && at + 1 < text.size() && is_alphanumeric(text[at - 1]) && is_alphanumeric(text[at + 1]);
  if (text[at] == '_' && is_in_word) return {};
  const auto found = std::find_if(std::begin(kLookalikes), std::end(kLookalikes),
                                  [&](const auto& pair) { return pair.first == text[at]; });
  return found == std::end(kLookalikes) ? std::string_view() : found->second;
}

void append_lookalikes(std::string& out, std::string_view text) {
  for (size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    const std::string_view similar = c == '<' ? "\u2039" : c == '[' ? "\uFF3B" : lookalike(text, i);
    if (similar.empty()) {
      out += c;
    } else {
      out += similar;
    }
    if (c == '@' || c == '#') out += kWordJoiner;
  }
}

}  // namespace hb
