// A service's last 30 days as the page draws them: one bar a day, coloured by the uptime thresholds.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "config.hpp"
#include "history.hpp"

namespace hb {

inline constexpr int kShownDays = 30;

// A named set of thresholds, and the CSS class of each.
struct UptimeScale {
  const UptimeThresholds* thresholds = nullptr;
  std::vector<std::string> classes{};

  // The position of the threshold that a percentage falls under; below all of them the last.
  size_t rank(double percentage) const;
};

UptimeScale uptime_scale(const std::string& set, const UptimeThresholds& thresholds);

// Oldest first, the last day is today; absent where nothing is known.
struct UptimeDays {
  Day today{};
  std::array<std::optional<double>, kShownDays> days{};
  std::optional<double> overall{};
};

UptimeDays uptime_days(std::string_view cells, Day last_day, Day today);

// "99.98 %". It never says 100 of something that is less.
void append_percentage(std::string& out, double percentage);

// SVG paths, one per colour.
void append_bars(std::string& out, const UptimeDays& uptime, const UptimeScale& scale);

// What the bars show, as a sentence.
void append_bars_label(std::string& out, const UptimeDays& uptime, const UptimeScale& scale);

}  // namespace hb
