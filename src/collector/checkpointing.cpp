#include "collector/checkpointing.hpp"

namespace hb {
namespace {

constexpr size_t kMostKept = 16 * 1024 * 1024;  // bytes of the row `later`

// Batches for the checkpoint, and entries that cannot be read: a line each, as they stood in the write-ahead
// log.
struct Sorted {
  std::vector<HeartbeatBatch> batches{};
  std::string later{};
  int64_t added = 0;  // to `later`
  int64_t dropped = 0;
};

void sort_in(std::string_view row, Sorted& sorted) {
  if (auto batch = read_heartbeat_batch(row)) return sorted.batches.push_back(std::move(*batch));
  const bool fits = sorted.later.size() + row.size() < kMostKept;
  ++(fits ? sorted.added : sorted.dropped);
  if (fits) sorted.later.append(row).push_back('\n');
}

Sorted sorted_out(const Event& event, const Session& session) {
  Sorted sorted;
  for (std::string_view kept = event.row(kLaterRow); !kept.empty();) {
    const std::string_view line = kept.substr(0, kept.find('\n'));
    kept.remove_prefix(std::min(line.size() + 1, kept.size()));
    if (!line.empty()) sort_in(line, sorted);
  }
  sorted.added = 0;
  for (const Row* row : tail_rows(event, session)) sort_in(row->bytes, sorted);
  return sorted;
}

void log_unread(const Sorted& sorted, std::vector<Log>& logs) {
  if (sorted.added > 0) {
    logs.push_back(
        {Level::error,
         std::to_string(sorted.added) +
             " accepted requests cannot be read, and are kept for a version of the monitor that can",
         "later-version"});
  }
  if (sorted.dropped == 0) return;
  logs.push_back(
      {Level::error,
       std::to_string(sorted.dropped) + " accepted requests cannot be read and are lost: 16 MB are kept",
       "lost"});
}

}  // namespace

Reads reads_for_checkpoint(const Event& event, const Session& session) {
  Reads reads{.rows = {{kLatestRow}, {kLaterRow}}, .is_complete = event.has_read({kLatestRow})};
  const auto tail = tail_ranges(session);
  reads.rows.insert(reads.rows.end(), tail.begin(), tail.end());
  if (!reads.is_complete) return reads;
  const Checkpoint checkpoint = read_checkpoint(event.row(kLatestRow));
  const LogSegment* open = open_segment(checkpoint, event.now);
  if (open != nullptr) reads.rows.push_back({segment_key(open->number)});
  return reads;
}

CheckpointResult take_checkpoint(const Config& config, const Event& event, Session& session) {
  const Checkpoint checkpoint = read_checkpoint(event.row(kLatestRow));
  const LogSegment* open = open_segment(checkpoint, event.now);
  const std::string_view segment =
      open == nullptr ? std::string_view() : event.row(segment_key(open->number));
  const Sorted sorted = sorted_out(event, session);
  CheckpointResult result =
      advance_checkpoint(config, event.now, checkpoint, event.document(Key::latest).bytes, sorted.batches,
                         session.next - 1, segment);
  if (sorted.later != event.row(kLaterRow)) result.rows.push_back({kLaterRow, sorted.later});
  log_unread(sorted, result.logs);
  session.checkpointed = session.next - 1;
  session.size = 0;
  return result;
}

}  // namespace hb
