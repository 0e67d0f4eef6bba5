#include "collector/checkpoint.hpp"

#include <algorithm>

#include "collector/log_segment.hpp"
#include "documents/latest.hpp"
#include "text/cursor.hpp"
#include "text/json.hpp"
#include "text/json_writer.hpp"
#include "text/whole_json.hpp"

namespace hb {
namespace {

constexpr int64_t kMostEntries = 1'000'000'000'000'000;  // no monitor lives to see a later number

LogSegment read_segment_entry(Cursor& cursor) {
  LogSegment segment;
  cursor.expect('[');
  segment.number = cursor.integer();
  cursor.expect(',');
  segment.from = from_ms(cursor.integer());
  cursor.expect(',');
  segment.to = from_ms(cursor.integer());
  cursor.expect(',');
  segment.size = cursor.integer();
  cursor.expect(']');
  return segment;
}

int64_t lowest_free_number(const std::vector<LogSegment>& segments) {
  int64_t number = 0;
  const auto is_taken = [&](const LogSegment& segment) { return segment.number == number; };
  while (std::any_of(segments.begin(), segments.end(), is_taken)) ++number;
  return number;
}

int64_t total_size(const std::vector<LogSegment>& segments) {
  int64_t size = 0;
  for (const LogSegment& segment : segments) size += segment.size;
  return size;
}

// The oldest leave first. One that is open, the last, stays.
void trim(const Config& config, Time now, std::vector<LogSegment>& segments) {
  const Time oldest = now - std::chrono::days{config.settings.monitoring.log_retention_days};
  while (segments.size() > 1 && (segments.front().to < oldest || total_size(segments) > kLogSize)) {
    segments.erase(segments.begin());
  }
}

bool is_open(const LogSegment& segment, Time now) {
  return segment.size < kSegmentSize && segment.from > now - kSegmentLength;
}

}  // namespace

Checkpoint read_checkpoint(std::string_view row) {
  Checkpoint checkpoint;
  Cursor cursor(row);
  each_member(cursor, [&](std::string_view key) {
    if (key == "folded")
      return void(checkpoint.checkpointed = std::clamp<int64_t>(cursor.integer_or_skip(), 0, kMostEntries));
    if (key == "segments" && cursor.peek('[')) {
      return each_element(cursor, [&] { checkpoint.segments.push_back(read_segment_entry(cursor)); });
    }
    // Written last, so that nothing has to walk it here.
    const auto offset = static_cast<size_t>(cursor.position() - row.data());
    if (key == "document") checkpoint.document = row.substr(offset, row.size() - offset - 1);
    if (key != "document") cursor.value();
  });
  return checkpoint;
}

std::string write_checkpoint(const Checkpoint& checkpoint) {
  JsonWriter json;
  json.reserve(checkpoint.document.size() + checkpoint.segments.size() * 48 + 64);
  json.begin_object().member("folded", checkpoint.checkpointed).key("segments").begin_array();
  for (const auto& [number, from, to, size] : checkpoint.segments) {
    json.begin_array().value(number).value(to_ms(from)).value(to_ms(to)).value(size).end_array();
  }
  json.end_array().key("document").raw(checkpoint.document.empty() ? "{}" : checkpoint.document);
  return json.end_object().take();
}

std::string segment_key(int64_t number) {
  return "log:" + std::to_string(number);
}

const LogSegment* open_segment(const Checkpoint& checkpoint, Time now) {
  if (checkpoint.segments.empty() || !is_open(checkpoint.segments.back(), now)) return nullptr;
  return &checkpoint.segments.back();
}

CheckpointResult advance_checkpoint(const Config& config, Time now, const Checkpoint& checkpoint,
                                    std::string_view published, std::span<const HeartbeatBatch> batches,
                                    int64_t through, std::string_view segment) {
  const std::string addition = latest_of(config, batches);
  const auto stripped = checkpoint.document.empty() ? std::nullopt : without_runs(published);
  const std::string_view others = stripped ? std::string_view(*stripped) : published;
  const std::string_view copies[] = {checkpoint.document, addition,
                                     others.empty() ? checkpoint.document : others};
  MergedLatest merged = merge_latest(config, now, copies);
  CheckpointResult result{.document = std::move(merged.bytes), .damaged = merged.damaged};
  Checkpoint after{checkpoint.checkpointed, checkpoint.segments, result.document};
  if (!batches.empty()) {
    // One that is damaged stays as it is, for what can still be read of it.
    const bool is_damaged = !segment.empty() && !is_whole_json(segment);
    std::string log = add_to_segment(is_damaged ? std::string_view() : segment, batches);
    if (is_damaged || open_segment(checkpoint, now) == nullptr) {
      after.segments.push_back({lowest_free_number(after.segments), batches.front().at});
    }
    LogSegment& open = after.segments.back();
    for (const HeartbeatBatch& one : batches) {  // by the edges' clocks, so not always in their order
      open.from = std::min(open.from, one.at);
      open.to = std::max(open.to, one.at);
    }
    open.size = static_cast<int64_t>(log.size());
    result.rows.push_back({segment_key(open.number), std::move(log)});
    trim(config, now, after.segments);
  }
  after.checkpointed = std::max(through, checkpoint.checkpointed);
  result.rows.push_back({kLatestRow, write_checkpoint(after)});
  return result;
}

}  // namespace hb
