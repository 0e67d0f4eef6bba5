#include "documents/last_heartbeat.hpp"

#include <algorithm>
#include <array>

namespace hb {
namespace {

constexpr std::array<std::string_view, 5> kNames{"unknown", "up", "degraded", "down", "paused"};

bool is_later(const Report& report, const std::optional<Report>& than) {
  if (!than || report.at != than->at) return !than || report.at > than->at;
  if (report.status != than->status) return report.status > than->status;
  return report.message > than->message;
}

}  // namespace

std::string_view status_name(Status status) {
  return kNames[static_cast<size_t>(status)];
}

std::optional<Status> status_named(std::string_view name) {
  const auto found = std::find(kNames.begin(), kNames.end(), name);
  if (found == kNames.end()) return std::nullopt;
  return static_cast<Status>(found - kNames.begin());
}

void join(LastHeartbeat& last_heartbeat, const LastHeartbeat& other) {
  if (other.last_seen && (!last_heartbeat.last_seen || *other.last_seen > *last_heartbeat.last_seen))
    last_heartbeat.last_seen = other.last_seen;
  if (other.report && is_later(*other.report, last_heartbeat.report)) {
    last_heartbeat.report = other.report;
    last_heartbeat.over = other.over;
  } else if (other.report == last_heartbeat.report && other.over) {
    last_heartbeat.over = std::min(*other.over, last_heartbeat.over.value_or(*other.over));
  }
}

void note_end(LastHeartbeat& last_heartbeat, Time heartbeat) {
  if (!last_heartbeat.report || heartbeat <= last_heartbeat.report->at) return;
  last_heartbeat.over = std::min(heartbeat, last_heartbeat.over.value_or(heartbeat));
}

}  // namespace hb
