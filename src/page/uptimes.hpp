// The uptime of everything and of each group over some spans of time.
#pragma once

#include <array>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "config/config.hpp"
#include "documents/history.hpp"
#include "documents/last_day.hpp"

namespace hb {

inline constexpr std::array<int, 3> kUptimeDays{7, 30, 90};  // up to and with today; they ascend

// In per cent, of the last 24 hours and for each of kUptimeDays; absent where nothing is known.
using Uptimes = std::array<std::optional<double>, 1 + kUptimeDays.size()>;

struct UptimesOfGroups {
  Uptimes all{};
  std::vector<Uptimes> groups{};  // by the position in Config::groups, and behind them of those in no group
};

// Every minute of every enabled service counts alike. `cells` as read_history gives them.
UptimesOfGroups uptimes_of_groups(const Config& config, const Shares& last_day, const History& history,
                                  std::span<const std::string_view> cells, Day today);

}  // namespace hb
