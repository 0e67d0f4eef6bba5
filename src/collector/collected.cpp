#include "collector/collected.hpp"

#include <algorithm>

#include "collector/log_segment.hpp"
#include "documents/latest.hpp"
#include "text/cursor.hpp"
#include "text/json.hpp"
#include "text/json_writer.hpp"

namespace hb {
namespace {

constexpr int64_t kMostRequests = 1'000'000'000'000'000;  // nobody lives to see a later number

LogSegment read_segment_entry(Cursor& cursor) {
  LogSegment segment;
  cursor.expect('[');
  segment.slot = cursor.integer();
  cursor.expect(',');
  segment.from = from_ms(cursor.integer());
  cursor.expect(',');
  segment.to = from_ms(cursor.integer());
  cursor.expect(',');
  segment.size = cursor.integer();
  cursor.expect(']');
  return segment;
}

int64_t lowest_free_slot(const std::vector<LogSegment>& segments) {
  int64_t slot = 0;
  const auto is_taken = [&](const LogSegment& segment) { return segment.slot == slot; };
  while (std::any_of(segments.begin(), segments.end(), is_taken)) ++slot;
  return slot;
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

Collected read_collected(std::string_view row) {
  Collected collected;
  Cursor cursor(row);
  each_member(cursor, [&](std::string_view key) {
    if (key == "folded")
      return void(collected.folded = std::clamp<int64_t>(cursor.integer_or_skip(), 0, kMostRequests));
    if (key == "segments" && cursor.peek('[')) {
      return each_element(cursor, [&] { collected.segments.push_back(read_segment_entry(cursor)); });
    }
    // Written last, so that nothing has to walk it here.
    const auto offset = static_cast<size_t>(cursor.position() - row.data());
    if (key == "document") collected.document = row.substr(offset, row.size() - offset - 1);
    if (key != "document") cursor.value();
  });
  return collected;
}

std::string write_collected(const Collected& collected) {
  JsonWriter json;
  json.reserve(collected.document.size() + collected.segments.size() * 48 + 64);
  json.begin_object().member("folded", collected.folded).key("segments").begin_array();
  for (const auto& [slot, from, to, size] : collected.segments) {
    json.begin_array().value(slot).value(to_ms(from)).value(to_ms(to)).value(size).end_array();
  }
  json.end_array().key("document").raw(collected.document.empty() ? "{}" : collected.document);
  return json.end_object().take();
}

std::string segment_key(int64_t slot) {
  return "log:" + std::to_string(slot);
}

const LogSegment* open_segment(const Collected& collected, Time now) {
  if (collected.segments.empty() || !is_open(collected.segments.back(), now)) return nullptr;
  return &collected.segments.back();
}

Folded fold(const Config& config, Time now, const Collected& collected, std::string_view published,
            std::span<const Accepted> accepted, int64_t through, std::string_view segment) {
  const std::string addition = latest_of(accepted);
  const std::string_view copies[] = {collected.document, addition,
                                     published.empty() ? collected.document : published};
  MergedLatest merged = merge_latest(config, now, copies);
  Folded folded{.document = std::move(merged.bytes), .damaged = merged.damaged};
  Collected after{collected.folded, collected.segments, folded.document};
  if (!accepted.empty()) {
    std::string log = add_to_segment(segment, accepted);
    if (open_segment(collected, now) == nullptr) {
      after.segments.push_back({lowest_free_slot(after.segments), accepted.front().at});
    }
    LogSegment& open = after.segments.back();
    for (const Accepted& one : accepted) {  // by the edges' clocks, so not always in their order
      open.from = std::min(open.from, one.at);
      open.to = std::max(open.to, one.at);
    }
    open.size = static_cast<int64_t>(log.size());
    folded.rows.push_back({segment_key(open.slot), std::move(log)});
    trim(config, now, after.segments);
  }
  after.folded = std::max(through, collected.folded);
  folded.rows.push_back({kLatestRow, write_collected(after)});
  return folded;
}

}  // namespace hb
