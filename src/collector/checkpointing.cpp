#include "collector/checkpointing.hpp"

#include "text/whole_json.hpp"

namespace hb {
namespace {

constexpr size_t kMostKept = 16 * 1024 * 1024;  // bytes of the row `later`

// The batches for the checkpoint, and the entries that cannot be read: a line each, as they stood in the
// write-ahead log.
struct TailContents {
  std::vector<HeartbeatBatch> batches{};
  std::string later{};
  int64_t added = 0;  // to `later`
  int64_t dropped = 0;
};

void add_row(std::string_view row, TailContents& contents) {
  auto batch = is_whole_json(row) ? read_heartbeat_batch(row) : std::nullopt;
  if (batch) return contents.batches.push_back(std::move(*batch));
  const bool fits = contents.later.size() + row.size() < kMostKept;
  ++(fits ? contents.added : contents.dropped);
  if (fits) contents.later.append(row).push_back('\n');
}

TailContents tail_contents(const Event& event, const Session& session) {
  TailContents contents;
  for (std::string_view kept = event.row(kLaterRow); !kept.empty();) {
    const std::string_view line = kept.substr(0, kept.find('\n'));
    kept.remove_prefix(std::min(line.size() + 1, kept.size()));
    if (!line.empty()) add_row(line, contents);
  }
  contents.added = 0;
  for (const Row* row : tail_rows(event, session)) add_row(row->bytes, contents);
  return contents;
}

void log_unread(const TailContents& contents, std::vector<Log>& logs) {
  if (contents.added > 0) {
    logs.push_back(
        {Level::error,
         std::to_string(contents.added) +
             " accepted requests cannot be read, and are kept for a version of the monitor that can",
         "later-version"});
  }
  if (contents.dropped == 0) return;
  logs.push_back(
      {Level::error,
       std::to_string(contents.dropped) + " accepted requests cannot be read and are lost: 16 MB are kept",
       "lost"});
}

}  // namespace

Reads reads_to_checkpoint(const Event& event, const Session& session) {
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
  const TailContents contents = tail_contents(event, session);
  CheckpointResult result =
      advance_checkpoint(config, event.now, checkpoint, event.document(Key::latest).bytes, contents.batches,
                         session.next - 1, segment);
  if (contents.later != event.row(kLaterRow)) result.rows.push_back({kLaterRow, contents.later});
  log_unread(contents, result.logs);
  session.checkpointed = session.next - 1;
  session.size = 0;
  session.heartbeats = 0;
  return result;
}

}  // namespace hb
