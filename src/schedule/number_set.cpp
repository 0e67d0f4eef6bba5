#include "schedule/number_set.hpp"

#include <algorithm>
#include <charconv>

#include "text/ascii.hpp"

namespace hb {
namespace {

constexpr std::string_view kBlanksBetween = " \t\r\n";

template <class Names>
std::optional<int> position_by_letters(const Names& names, std::string_view word) {
  const std::string small = lower(word);
  const auto is_it = [&](std::string_view name) {
    return lower(name) == small || (small.size() == 3 && lower(name.substr(0, 3)) == small);
  };
  const auto found = std::find_if(names.begin(), names.end(), is_it);
  if (found == names.end()) return std::nullopt;
  return static_cast<int>(found - names.begin());
}

}  // namespace

std::optional<int> weekday_named(std::string_view word) {
  return position_by_letters(kWeekdayNames, word);
}

std::optional<int> month_named(std::string_view word) {
  const auto position = position_by_letters(kMonthNames, word);
  return position ? std::optional(*position + 1) : std::nullopt;
}

std::optional<int> small_number(std::string_view text) {
  const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
  if (text.empty() || text.size() > 4 || !std::all_of(text.begin(), text.end(), is_digit))
    return std::nullopt;
  int number = 0;
  std::from_chars(text.data(), text.data() + text.size(), number);
  return number;
}

std::vector<std::string_view> parts_of(std::string_view text, char separator) {
  std::vector<std::string_view> parts;
  while (true) {
    const size_t end = text.find(separator);
    parts.push_back(text.substr(0, end));
    if (end == text.npos) return parts;
    text.remove_prefix(end + 1);
  }
}

std::vector<std::string_view> words_of(std::string_view text) {
  std::vector<std::string_view> words;
  for (size_t at = text.find_first_not_of(kBlanksBetween); at != text.npos;
       at = text.find_first_not_of(kBlanksBetween, at)) {
    const size_t end = std::min(text.find_first_of(kBlanksBetween, at), text.size());
    words.push_back(text.substr(at, end - at));
    at = end;
  }
  return words;
}

std::string in_quotes(std::string_view text) {
  static constexpr size_t kMostShown = 60;
  return '"' + std::string(text.substr(0, kMostShown)) + (text.size() > kMostShown ? "…\"" : "\"");
}

}  // namespace hb
