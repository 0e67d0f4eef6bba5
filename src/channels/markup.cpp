#include "channels/markup.hpp"

#include <algorithm>
#include <utility>

namespace hb {

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
  static constexpr std::string_view kWordJoiner = "\u2060";
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

std::string_view lookalike(char sign) {
  static constexpr std::pair<char, std::string_view> kLookalikes[] = {
      {'*', "\u2217"}, {'_', "\uFF3F"}, {'~', "\u223C"}, {'`', "\u02CB"}};
  const auto found = std::find_if(std::begin(kLookalikes), std::end(kLookalikes),
                                  [sign](const auto& pair) { return pair.first == sign; });
  return found == std::end(kLookalikes) ? std::string_view() : found->second;
}

}  // namespace hb
