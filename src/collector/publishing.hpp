// When the collector puts to KV: as often as readers would like it, and as seldom as the day's writes demand.
#pragma once

#include "collector/collector_status.hpp"
#include "config/config.hpp"

namespace hb {

// Regularly every recordSeconds, or less often when what is left of the day's writes would not last. At once
// when a status changed or an alert came, as long as enough is left for the regular ones:
//
//   left - 3 >= 3 * seconds left of the day / recordSeconds,  left = 0.9 * kvWritesPerDay - puts today
//
// A publishing puts three keys at most. kvWritesPerDay 0 stands for no limit.
bool is_publishing_due(const Config& config, const CollectorStatus& collector_status, Time scheduled);

}  // namespace hb
