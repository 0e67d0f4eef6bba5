// When the collector puts to KV: as often as readers would like it, and as seldom as the day's writes demand.
#pragma once

#include "collector/collector_status.hpp"
#include "config/config.hpp"

namespace hb {

inline constexpr int64_t kPutsAtMost = 3;  // of one publishing, one for each key

// Regularly every recordSeconds, or less often when what is left of the day's writes would not last. At once
// when a status changed or an alert came, or when the last one that was ordered has not come to its end, as long
// as enough is left for the regular ones:
//
//   left - 3 >= 3 * seconds left of the day / recordSeconds,  left = 0.9 * kvWritesPerDay - puts today
//
// kvWritesPerDay 0 stands for no limit.
bool is_publishing_due(const Config& config, const CollectorStatus& collector_status, Time scheduled);

// How long after a publishing at `now` the next one may be: recordSeconds, or more where the day's writes demand it.
Millis publishing_interval(const Config& config, const CollectorStatus& collector_status, Time now);

}  // namespace hb
