// How good an uptime is by a set of thresholds.
#pragma once

#include "config/config.hpp"

namespace hb {

// The threshold that a percentage falls under; below all of them the last. `thresholds` is not empty.
const UptimeThreshold& uptime_grade(const UptimeThresholds& thresholds, double percentage);

}  // namespace hb
