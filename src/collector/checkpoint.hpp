// The collector's row `latest`: the checkpoint. It has the merged document, the number of the last entry of
// the write-ahead log that is in it, and the list of the heartbeat log's segments.
//
//   {"folded":812,"segments":[[number,from,to,bytes],…],"document":{…monitor:latest…}}
//
// Segments are listed oldest first, with the times (ms) of their first and last heartbeat. The last one may
// still be growing.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "collector/rows.hpp"
#include "config/config.hpp"
#include "documents/heartbeat_batch.hpp"
#include "event/event.hpp"

namespace hb {

inline constexpr int64_t kSegmentSize = 256 * 1024;     // bytes; a larger one does not grow any more
inline constexpr Millis kSegmentLength = 1h;            // nor does an older one
inline constexpr int64_t kLogSize = 500 * 1024 * 1024;  // bytes of all segments

struct LogSegment {
  int64_t number = 0;
  Time from{};
  Time to{};
  int64_t size = 0;  // bytes

  bool operator==(const LogSegment&) const = default;
};

struct Checkpoint {
  int64_t checkpointed = 0;
  std::vector<LogSegment> segments{};
  std::string_view document{};  // empty: none
};

// As far as it can be read; `row` may be empty.
Checkpoint read_checkpoint(std::string_view row);
std::string write_checkpoint(const Checkpoint& checkpoint);

std::string segment_key(int64_t number);

// The segment that the next checkpoint goes on with, if it may still grow at `now`.
const LogSegment* open_segment(const Checkpoint& checkpoint, Time now);

struct CheckpointResult {
  std::string document{};  // monitor:latest
  std::vector<RowPut> rows{};
  std::vector<Log> logs{};
  bool damaged = false;  // the document could be read only in part
};

// The batches, which follow on `checkpoint`, go into the document and into the heartbeat log, whose open
// segment is `segment` (empty when there is none). `through` is the number of the last entry of the
// write-ahead log that is among them. What others have `published` as monitor:latest goes into the document,
// too (empty when it was not read). Segments leave once they are older than the retention of the log, and the
// oldest ones while all take more than kLogSize; a new one takes the lowest number that is free.
CheckpointResult advance_checkpoint(const Config& config, Time now, const Checkpoint& checkpoint,
                                    std::string_view published, std::span<const HeartbeatBatch> batches,
                                    int64_t through, std::string_view segment);

}  // namespace hb
