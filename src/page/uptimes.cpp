#include "page/uptimes.hpp"

#include <cstring>

namespace hb {
namespace {

// Of many services, whose minutes are more than an int holds.
struct Sum {
  double good = 0;
  double known = 0;

  void add(const Minutes& minutes) {
    good += minutes.up + minutes.degraded / 2.0;
    known += minutes.known();
  }
  std::optional<double> percentage() const {
    return known > 0 ? std::optional(good / known * 100) : std::nullopt;
  }
};

using Sums = std::array<Sum, kUptimeDays.size()>;

Uptimes percentages(const Sums& sums) {
  Uptimes out;
  for (size_t i = 0; i < sums.size(); ++i) out[i] = sums[i].percentage();
  return out;
}

constexpr std::string_view kFullCell = "WgAAAAAA";  // up all day

// A cell as a number, which is compared faster than text.
uint64_t word_of(std::string_view cell) {
  uint64_t word;
  std::memcpy(&word, cell.data(), kCellLength);
  return word;
}

// One service's minutes, those of each span. Nearly all days are up all day or empty, and need not be unpacked.
std::array<Minutes, kUptimeDays.size()> minutes_of(std::string_view cells, Day last_day, Day today) {
  std::array<Minutes, kUptimeDays.size()> out;
  const uint64_t full = word_of(kFullCell), empty = word_of(kEmptyCell);
  const auto stored = static_cast<int64_t>(cells.size() / kCellLength);
  const int64_t newest = stored - 1 - (last_day - today).count();
  Minutes sum;
  int ago = 0;
  for (size_t span = 0; span < out.size(); ++span) {
    for (; ago < kUptimeDays[span]; ++ago) {
      const int64_t at = newest - ago;
      if (at < 0 || at >= stored) continue;
      const std::string_view cell = cells.substr(static_cast<size_t>(at) * kCellLength, kCellLength);
      const uint64_t word = word_of(cell);
      if (word == full) {
        sum.up += kMinutesPerDay;
      } else if (word != empty) {
        sum += unpack(cell).value_or(Minutes{});
      }
    }
    out[span] = sum;
  }
  return out;
}

}  // namespace

UptimesOfGroups uptimes_of_groups(const Config& config, const History& history,
                                  std::span<const std::string_view> cells, Day today) {
  Sums all;
  std::vector<Sums> groups(config.groups.size() + 1);
  for (size_t i = 0; i < config.services.size(); ++i) {
    const Service& service = config.services[i];
    if (!service.enabled) continue;
    Sums& group = groups[service.group.value_or(config.groups.size())];
    const auto minutes = minutes_of(cells[i], history.last_day, today);
    for (size_t span = 0; span < minutes.size(); ++span) {
      all[span].add(minutes[span]);
      group[span].add(minutes[span]);
    }
  }
  UptimesOfGroups out{.all = percentages(all)};
  for (const Sums& group : groups) out.groups.push_back(percentages(group));
  return out;
}

}  // namespace hb
