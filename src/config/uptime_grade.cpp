#include "config/uptime_grade.hpp"

#include <algorithm>

namespace hb {

const UptimeThreshold& uptime_grade(const UptimeThresholds& thresholds, double percentage) {
  const auto is_reached = [&](const UptimeThreshold& threshold) { return threshold.min <= percentage; };
  const auto found = std::find_if(thresholds.begin(), thresholds.end(), is_reached);
  return found == thresholds.end() ? thresholds.back() : *found;
}

}  // namespace hb
