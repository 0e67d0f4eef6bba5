#include "collector/write_ahead_log.hpp"

#include <algorithm>

#include "collector/checkpoint.hpp"
#include "collector/collector_status.hpp"

namespace hb {
namespace {

constexpr int64_t kRowsAtOnce = 64;  // at the least; then as many as were found

int64_t position_of(int64_t number) {
  return number % kWriteAheadCapacity;
}

std::string key_at(int64_t position) {
  const std::string digits = std::to_string(position);
  return "beat:" + std::string(4 - digits.size(), '0') + digits;
}

// Up to `count` positions from that of entry `number` on, not beyond the last one.
Range entries_from(int64_t number, int64_t count) {
  const int64_t from = position_of(number);
  return {key_at(from), key_at(std::min(from + count, kWriteAheadCapacity))};
}

bool is_read(const Event& event, std::string_view key) {
  return std::any_of(event.ranges.begin(), event.ranges.end(), [&](const Range& range) {
    return range.until.empty() ? range.from == key : range.from <= key && key < range.until;
  });
}

// The entries of the event that follow the one of number `checkpointed`, by number: after a start some were
// read twice.
std::vector<const Row*> rows_after(int64_t checkpointed, const Event& event) {
  std::vector<const Row*> rows(kWriteAheadCapacity);
  for (const Row& row : event.rows) {
    const int64_t number = sequence_of(row.bytes);
    const bool is_behind = number > checkpointed && number - checkpointed <= kWriteAheadCapacity;
    if (is_behind) rows[static_cast<size_t>(number - checkpointed - 1)] = &row;
  }
  return rows;
}

}  // namespace

std::string entry_key(int64_t number) {
  return key_at(position_of(number));
}

std::optional<Range> open_session(const Event& event, Session& session) {
  if (session.is_open) return std::nullopt;
  if (!event.has_read({kLatestRow})) return Range{kLatestRow};
  int64_t checkpointed = read_checkpoint(event.row(kLatestRow)).checkpointed;
  if (checkpointed == 0) {  // it is new, or that row is lost: then KV has what was published
    if (!event.has_read({kCollectorStatusRow})) return Range{kCollectorStatusRow};
    const auto status = read_collector_status(event.row(kCollectorStatusRow), event.now);
    checkpointed = std::max<int64_t>(status.published_through, 0);
  }
  std::vector<const Row*> rows = rows_after(checkpointed, event);
  const auto is_there = [](const Row* row) { return row != nullptr; };
  const int64_t found = std::find_if(rows.rbegin(), rows.rend(), is_there).base() - rows.begin();
  std::erase(rows, nullptr);  // damaged ones too, which hide none behind them
  const auto end = rows.end();
  const int64_t next = checkpointed + found + 1;
  if (found < kWriteAheadCapacity && !is_read(event, entry_key(next))) {
    return entries_from(next, std::max(kRowsAtOnce, found));
  }
  session.is_open = true;
  session.checkpointed = checkpointed;
  session.next = next;
  for (auto row = rows.begin(); row != end; ++row) add_to_tail(session, (*row)->bytes);
  return std::nullopt;
}

std::vector<Range> tail_ranges(const Session& session) {
  if (session.next == session.checkpointed + 1) return {};
  const int64_t first = position_of(session.checkpointed + 1);
  const int64_t end = position_of(session.next - 1) + 1;
  if (first < end) return {{key_at(first), key_at(end)}};
  return {{key_at(first), key_at(kWriteAheadCapacity)}, {key_at(0), key_at(end)}};
}

std::vector<const Row*> tail_rows(const Event& event, const Session& session) {
  std::vector<const Row*> rows = rows_after(session.checkpointed, event);
  rows.resize(static_cast<size_t>(session.next - session.checkpointed - 1));
  std::erase(rows, nullptr);
  return rows;
}

std::vector<HeartbeatBatch> tail_of(const Event& event, const Session& session) {
  std::vector<HeartbeatBatch> all;
  for (const Row* row : tail_rows(event, session)) {
    if (auto batch = read_heartbeat_batch(row->bytes)) all.push_back(std::move(*batch));
  }
  return all;
}

std::vector<Range> unread(const Event& event, std::vector<Range> ranges) {
  std::erase_if(ranges, [&](const Range& range) { return event.has_read(range); });
  return ranges;
}

void add_to_tail(Session& session, std::string_view row) {
  session.size += static_cast<int64_t>(row.size());
  if (const auto batch = read_heartbeat_batch(row)) {
    session.heartbeats += static_cast<int64_t>(batch->beats.size());
  }
}

bool is_full(const Session& session) {
  return session.next - session.checkpointed > kWriteAheadCapacity;
}

bool must_checkpoint(const Session& session) {
  return session.next - session.checkpointed > kCheckpointAt || session.size >= kCheckpointAtSize ||
         session.heartbeats >= kCheckpointAtHeartbeats;
}

}  // namespace hb
