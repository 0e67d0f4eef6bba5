// Looks up the last heartbeats of services in the collector's heartbeat log, for messages about them.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "collector/checkpoint.hpp"
#include "notify/announcement_texts.hpp"

namespace hb {

// In one check: nobody reads the details of more services.
inline constexpr size_t kMostLookups = 6;

class HeartbeatLog {
 public:
  // Of the event's rows. `tail` is that of the write-ahead log. It lasts no longer than what it is given.
  HeartbeatLog(const Event& event, std::span<const LogSegment> segments,
               std::span<const HeartbeatBatch> tail);

  // Absent also when the segment is still to be read.
  std::optional<LoggedHeartbeat> find(const Service& service, Time last_seen);

  // The segments that were looked for in vain.
  std::vector<Range> unread() const;

 private:
  const Event& event_;
  std::span<const LogSegment> segments_;
  std::span<const HeartbeatBatch> tail_;
  size_t lookups_ = 0;
  std::vector<Range> wanted_{};
};

}  // namespace hb
