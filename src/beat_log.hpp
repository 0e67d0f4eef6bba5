// What the collector's log knows of the last heartbeats of services that are to be told of.
#pragma once

#include <optional>
#include <vector>

#include "announcement_texts.hpp"
#include "collected.hpp"

namespace hb {

inline constexpr size_t kMostLookups = 6;  // in one check; of more services nobody reads the details

class BeatLog {
 public:
  // Of the event's rows. `unfolded` are the requests of the ring.
  BeatLog(const Event& event, const Collected& collected, std::vector<Accepted> unfolded);

  // Absent also when the segment is still to be read.
  std::optional<LastBeat> find(const Service& service, Time seen);

  // The segments that were looked for in vain.
  std::vector<Range> unread() const;

 private:
  const Event& event_;
  const std::vector<LogSegment> segments_;
  const std::vector<Accepted> unfolded_;
  size_t lookups_ = 0;
  std::vector<Range> wanted_{};
};

}  // namespace hb
