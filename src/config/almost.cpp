#include "config/almost.hpp"

#include <algorithm>
#include <utility>
#include <vector>

#include "text/ascii.hpp"

namespace hb {
namespace {

constexpr size_t kLongest = 64;  // bytes; nothing longer is almost a name

size_t slips_allowed(std::string_view word) {
  return word.size() <= 2 ? 0 : word.size() < 6 ? 1 : 2;
}

// The slips between two words: the restricted Damerau-Levenshtein distance.
size_t slips(std::string_view one, std::string_view other) {
  std::vector<size_t> earlier, before, row(other.size() + 1);
  for (size_t j = 0; j <= other.size(); ++j) row[j] = j;
  for (size_t i = 1; i <= one.size(); ++i) {
    earlier = std::exchange(before, row);
    row[0] = i;
    for (size_t j = 1; j <= other.size(); ++j) {
      const bool is_same = one[i - 1] == other[j - 1];
      row[j] = std::min({before[j] + 1, row[j - 1] + 1, before[j - 1] + (is_same ? 0 : 1)});
      const bool is_exchanged = i > 1 && j > 1 && one[i - 1] == other[j - 2] && one[i - 2] == other[j - 1];
      if (is_exchanged) row[j] = std::min(row[j], earlier[j - 2] + 1);
    }
  }
  return row[other.size()];
}

}  // namespace

std::string_view almost(std::string_view name, std::span<const std::string_view> known) {
  std::string_view best;
  size_t fewest = kLongest;
  if (name.size() > kLongest) return best;
  const std::string small = lower(name);
  for (const std::string_view word : known) {
    const size_t count = slips(small, lower(word));
    if (count > slips_allowed(word) || count >= fewest) continue;
    best = word;
    fewest = count;
  }
  return best;
}

}  // namespace hb
