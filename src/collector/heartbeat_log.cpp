#include "collector/heartbeat_log.hpp"

#include <algorithm>

#include "collector/log_segment.hpp"
#include "collector/write_ahead_log.hpp"
#include "text/cursor.hpp"

namespace hb {
namespace {

std::optional<LoggedHeartbeat> beat_at(const std::vector<LogEntry>& entries, Time last_seen) {
  const auto entry = std::find_if(entries.rbegin(), entries.rend(),
                                  [&](const LogEntry& one) { return one.at == last_seen; });
  if (entry == entries.rend()) return std::nullopt;
  return LoggedHeartbeat{.colo = unescaped(entry->colo),
                         .message = unescaped(entry->fields.message),
                         .metadata = std::string(entry->fields.metadata)};
}

}  // namespace

HeartbeatLog::HeartbeatLog(const Event& event, std::span<const LogSegment> segments,
                           std::span<const HeartbeatBatch> tail)
    : event_(event), segments_(segments), tail_(tail) {}

std::optional<LoggedHeartbeat> HeartbeatLog::find(const Service& service, Time last_seen) {
  if (++lookups_ > kMostLookups) return std::nullopt;
  if (auto beat = beat_at(entries_in(tail_, service.id), last_seen)) return beat;
  const auto segment = std::find_if(segments_.rbegin(), segments_.rend(), [&](const LogSegment& one) {
    return one.from <= last_seen && last_seen <= one.to;
  });
  if (segment == segments_.rend()) return std::nullopt;
  const std::string key = segment_key(segment->number);
  wanted_.push_back({key});
  return beat_at(entries_in_segment(event_.row(key), service.id), last_seen);
}

std::vector<Range> HeartbeatLog::unread() const {
  return hb::unread(event_, wanted_);
}

}  // namespace hb
