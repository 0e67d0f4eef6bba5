#include "page/uptimes.hpp"

#include <cstring>

namespace hb {
namespace {

// Of each of kUptimeDays.
using Sums = std::array<Share, kUptimeDays.size()>;

Uptimes percentages(const Share& last_day, const Sums& sums) {
  Uptimes out{uptime_of(last_day)};
  for (size_t i = 0; i < sums.size(); ++i) out[i + 1] = uptime_of(sums[i]);
  return out;
}

constexpr std::string_view kFullCell = "WgAAAAAA";  // up all day

// A cell as a number, which is compared faster than text.
uint64_t word_of(std::string_view cell) {
  uint64_t word;
  std::memcpy(&word, cell.data(), kCellLength);
  return word;
}

// One service's. Nearly all days are up all day or empty, and need not be unpacked.
Sums sums_of(std::string_view cells, Day last_day, Day today) {
  Sums out;
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
    out[span] = share_of(sum);
  }
  return out;
}

}  // namespace

UptimesOfGroups uptimes_of_groups(const Config& config, const Shares& last_day, const History& history,
                                  std::span<const std::string_view> cells, Day today) {
  Sums all;
  std::vector<Sums> groups(config.groups.size() + 1);
  for (size_t i = 0; i < config.services.size(); ++i) {
    const Service& service = config.services[i];
    if (!service.enabled) continue;
    Sums& group = groups[service.group.value_or(config.groups.size())];
    const Sums mine = sums_of(cells[i], history.last_day, today);
    for (size_t span = 0; span < mine.size(); ++span) {
      all[span] += mine[span];
      group[span] += mine[span];
    }
  }
  UptimesOfGroups out;
  Share last_day_of_all;
  for (size_t i = 0; i < groups.size(); ++i) {
    const Share share = i < last_day.size() ? last_day[i] : Share{};
    last_day_of_all += share;
    out.groups.push_back(percentages(share, groups[i]));
  }
  out.all = percentages(last_day_of_all, all);
  return out;
}

}  // namespace hb
