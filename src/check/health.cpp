#include "check/health.hpp"

#include <algorithm>

namespace hb {

Millis silent_for(Time seen, Time watched_since, Time now) {
  return std::max(now - std::max(seen, watched_since), Millis{0});
}

Status health(const Heard& heard, const Limits& limits, Time now) {
  if (!heard.seen) return Status::unknown;
  if (silent_for(*heard.seen, limits.watched_since, now) > limits.threshold) return Status::down;
  if (heard.report && heard.report->at >= *heard.seen) return heard.report->status;
  return Status::up;
}

}  // namespace hb
