// What the collector's log knows of the last heartbeats of services that are to be told of.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "collector/collected.hpp"
#include "notify/announcement_texts.hpp"

namespace hb {

inline constexpr size_t kMostLookups = 6;  // in one check; of more services nobody reads the details

class BeatLog {
 public:
  // Of the event's rows. `unfolded` are the requests of the ring. It lasts no longer than what it is given.
  BeatLog(const Event& event, std::span<const LogSegment> segments, std::span<const Accepted> unfolded);

  // Absent also when the segment is still to be read.
  std::optional<LastBeat> find(const Service& service, Time seen);

  // The segments that were looked for in vain.
  std::vector<Range> unread() const;

 private:
  const Event& event_;
  std::span<const LogSegment> segments_;
  std::span<const Accepted> unfolded_;
  size_t lookups_ = 0;
  std::vector<Range> wanted_{};
};

}  // namespace hb
