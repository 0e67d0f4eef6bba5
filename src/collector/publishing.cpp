#include "collector/publishing.hpp"

#include <algorithm>

namespace hb {
namespace {

constexpr int64_t kPutsAtMost = 3;

int64_t seconds_left(Time now) {
  const Time midnight = day_of(now) + std::chrono::days{1};
  return std::chrono::ceil<std::chrono::seconds>(midnight - now).count();
}

}  // namespace

bool is_publishing_due(const Config& config, const CollectorStatus& collector_status, Time scheduled) {
  const Monitoring& monitoring = config.settings.monitoring;
  if (!collector_status.tried) return true;
  const Millis elapsed = scheduled - *collector_status.tried;
  const bool is_regular = elapsed >= monitoring.record_interval;
  if (monitoring.kv_writes_per_day == 0) return collector_status.is_urgent || is_regular;
  const int64_t left = int64_t{monitoring.kv_writes_per_day} * 9 / 10 - collector_status.today.puts;
  if (left < kPutsAtMost) return false;
  const int64_t regular_seconds = monitoring.record_interval / 1s;
  const int64_t for_regular = kPutsAtMost * seconds_left(scheduled);
  const bool is_plenty = (left - kPutsAtMost) * regular_seconds >= for_regular;
  if (collector_status.is_urgent && is_plenty) return true;
  return is_regular && elapsed / 1s * left >= for_regular;
}

}  // namespace hb
