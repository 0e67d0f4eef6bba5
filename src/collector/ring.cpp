#include "collector/ring.hpp"

#include <algorithm>

#include "collector/collected.hpp"

namespace hb {
namespace {

constexpr int64_t kRowsAtOnce = 64;  // at the least; then as many as were found

int64_t slot_of(int64_t number) {
  return number % kRingSlots;
}

std::string key_of_slot(int64_t slot) {
  const std::string digits = std::to_string(slot);
  return "beat:" + std::string(4 - digits.size(), '0') + digits;
}

// Up to `count` slots from the one of `number` on, not beyond the end of the ring.
Range slots_from(int64_t number, int64_t count) {
  const int64_t from = slot_of(number);
  return {key_of_slot(from), key_of_slot(std::min(from + count, kRingSlots))};
}

bool is_read(const Event& event, std::string_view key) {
  return std::any_of(event.ranges.begin(), event.ranges.end(), [&](const Range& range) {
    return range.until.empty() ? range.from == key : range.from <= key && key < range.until;
  });
}

// Those that the event has of the requests behind `folded`, by number: after a start some were read twice.
std::vector<const Row*> rows_behind(int64_t folded, const Event& event) {
  std::vector<const Row*> rows(kRingSlots);
  for (const Row& row : event.rows) {
    const int64_t number = sequence_of(row.bytes);
    const bool is_behind = number > folded && number - folded <= kRingSlots;
    if (is_behind) rows[static_cast<size_t>(number - folded - 1)] = &row;
  }
  return rows;
}

}  // namespace

std::string slot_key(int64_t number) {
  return key_of_slot(slot_of(number));
}

std::optional<Range> open_session(const Event& event, Session& session) {
  if (session.is_open) return std::nullopt;
  if (!event.has_read({kLatestRow})) return Range{kLatestRow};
  const int64_t folded = read_collected(event.row(kLatestRow)).folded;
  const std::vector<const Row*> rows = rows_behind(folded, event);
  const auto end = std::find(rows.begin(), rows.end(), nullptr);
  const int64_t found = end - rows.begin();
  const int64_t next = folded + found + 1;
  if (found < kRingSlots && !is_read(event, slot_key(next))) {
    return slots_from(next, std::max(kRowsAtOnce, found));
  }
  session.is_open = true;
  session.folded = folded;
  session.next = next;
  for (auto row = rows.begin(); row != end; ++row) session.size += static_cast<int64_t>((*row)->bytes.size());
  return std::nullopt;
}

std::vector<Range> unfolded_ranges(const Session& session) {
  if (session.next == session.folded + 1) return {};
  const int64_t first = slot_of(session.folded + 1);
  const int64_t end = slot_of(session.next - 1) + 1;
  if (first < end) return {{key_of_slot(first), key_of_slot(end)}};
  return {{key_of_slot(first), key_of_slot(kRingSlots)}, {key_of_slot(0), key_of_slot(end)}};
}

std::vector<const Row*> unfolded_rows(const Event& event, const Session& session) {
  std::vector<const Row*> rows = rows_behind(session.folded, event);
  rows.resize(static_cast<size_t>(session.next - session.folded - 1));
  std::erase(rows, nullptr);
  return rows;
}

std::vector<Accepted> unfolded(const Event& event, const Session& session) {
  std::vector<Accepted> all;
  for (const Row* row : unfolded_rows(event, session)) {
    if (auto accepted = read_accepted(row->bytes)) all.push_back(std::move(*accepted));
  }
  return all;
}

std::vector<Range> unread(const Event& event, std::vector<Range> ranges) {
  std::erase_if(ranges, [&](const Range& range) { return event.has_read(range); });
  return ranges;
}

bool is_full(const Session& session) {
  return session.next - session.folded > kRingSlots;
}

bool must_fold(const Session& session) {
  return session.next - session.folded > kFoldAt || session.size >= kFoldAtSize;
}

}  // namespace hb
