#include "collector/beat_log.hpp"

#include <algorithm>

#include "collector/log_segment.hpp"
#include "collector/ring.hpp"
#include "text/cursor.hpp"

namespace hb {
namespace {

std::optional<LastBeat> beat_at(const std::vector<LogEntry>& entries, Time seen) {
  const auto entry =
      std::find_if(entries.rbegin(), entries.rend(), [&](const LogEntry& one) { return one.at == seen; });
  if (entry == entries.rend()) return std::nullopt;
  return LastBeat{.colo = unescaped(entry->colo),
                  .message = unescaped(entry->said.message),
                  .metadata = std::string(entry->said.metadata)};
}

}  // namespace

BeatLog::BeatLog(const Event& event, std::span<const LogSegment> segments, std::span<const Accepted> unfolded)
    : event_(event), segments_(segments), unfolded_(unfolded) {}

std::optional<LastBeat> BeatLog::find(const Service& service, Time seen) {
  if (++lookups_ > kMostLookups) return std::nullopt;
  if (auto beat = beat_at(entries_in(unfolded_, service.id), seen)) return beat;
  const auto segment = std::find_if(segments_.rbegin(), segments_.rend(), [&](const LogSegment& one) {
    return one.from <= seen && seen <= one.to;
  });
  if (segment == segments_.rend()) return std::nullopt;
  const std::string key = segment_key(segment->slot);
  wanted_.push_back({key});
  return beat_at(entries_in_segment(event_.row(key), service.id), seen);
}

std::vector<Range> BeatLog::unread() const {
  return hb::unread(event_, wanted_);
}

}  // namespace hb
