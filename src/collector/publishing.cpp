#include "collector/publishing.hpp"

#include <algorithm>

namespace hb {
namespace {

int64_t seconds_left(Time now) {
  const Time midnight = day_of(now) + std::chrono::days{1};
  return std::chrono::ceil<std::chrono::seconds>(midnight - now).count();
}

int64_t puts_left(const Monitoring& monitoring, const CollectorStatus& collector_status, Time now) {
  const int64_t made = collector_status.day == day_of(now) ? collector_status.today.puts : 0;
  return int64_t{monitoring.kv_writes_per_day} * 9 / 10 - made;
}

}  // namespace

bool is_publishing_due(const Config& config, const CollectorStatus& collector_status, Time scheduled) {
  const Monitoring& monitoring = config.settings.monitoring;
  if (!collector_status.tried) return true;
  const Millis elapsed = scheduled - *collector_status.tried;
  const bool is_regular = elapsed >= monitoring.record_interval;
  const bool is_wanted = collector_status.is_urgent || collector_status.is_ordered;
  if (monitoring.kv_writes_per_day == 0) return is_wanted || is_regular;
  const int64_t left = puts_left(monitoring, collector_status, scheduled);
  if (left < kPutsAtMost) return false;
  const int64_t regular_seconds = monitoring.record_interval / 1s;
  const int64_t for_regular = kPutsAtMost * seconds_left(scheduled);
  const bool is_plenty = (left - kPutsAtMost) * regular_seconds >= for_regular;
  if (is_wanted && is_plenty) return true;
  return is_regular && elapsed / 1s * left >= for_regular;
}

Millis publishing_interval(const Config& config, const CollectorStatus& collector_status, Time now) {
  const Monitoring& monitoring = config.settings.monitoring;
  if (monitoring.kv_writes_per_day == 0) return monitoring.record_interval;
  const int64_t left = puts_left(monitoring, collector_status, now) - kPutsAtMost;
  const int64_t seconds = left < kPutsAtMost ? seconds_left(now) : kPutsAtMost * seconds_left(now) / left;
  return std::max(monitoring.record_interval, Millis{std::chrono::seconds{seconds}});
}

}  // namespace hb
