// The collector's row `latest`: the merged document, how far the ring is folded into it, and where the log
// is.
//
//   {"folded":812,"segments":[[slot,from,to,bytes],…],"document":{…monitor:latest…}}
//
// Segments are listed oldest first, with the times (ms) of their first and last heartbeat; the last one may
// still grow.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "accepted.hpp"
#include "collector_rows.hpp"
#include "config.hpp"
#include "event.hpp"

namespace hb {

inline constexpr int64_t kSegmentSize = 256 * 1024;     // bytes; a larger one does not grow any more
inline constexpr Millis kSegmentLength = 1h;            // nor does an older one
inline constexpr int64_t kLogSize = 500 * 1024 * 1024;  // bytes of all segments

struct LogSegment {
  int64_t slot = 0;
  Time from{};
  Time to{};
  int64_t size = 0;  // bytes

  bool operator==(const LogSegment&) const = default;
};

struct Collected {
  int64_t folded = 0;
  std::vector<LogSegment> segments{};
  std::string_view document{};  // empty: none
};

// As far as it can be read; `row` may be empty.
Collected read_collected(std::string_view row);
std::string write_collected(const Collected& collected);

std::string segment_key(int64_t slot);

// The segment that the next fold goes on with, if it may still grow at `now`.
const LogSegment* open_segment(const Collected& collected, Time now);

struct Folded {
  std::string document{};  // monitor:latest
  std::vector<RowPut> rows{};
  std::vector<Log> logs{};
  bool damaged = false;  // the document could be read only in part
};

// The accepted requests, which follow on `collected`, go into the document and into the log, whose open
// segment is `segment` (empty when there is none). What others have `published` as monitor:latest goes into
// the document, too (empty when it was not read). Segments leave once they are older than the retention of
// the log, and the oldest ones while all take more than kLogSize; new ones take the lowest slot that is free.
// `through` is the number of the last of them.
Folded fold(const Config& config, Time now, const Collected& collected, std::string_view published,
            std::span<const Accepted> accepted, int64_t through, std::string_view segment);

}  // namespace hb
