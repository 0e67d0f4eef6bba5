#include "ring.hpp"

#include <algorithm>

#include "collected.hpp"
#include "json.hpp"
#include "json_writer.hpp"

namespace hb {
namespace {

constexpr std::string_view kLaterInMemo = "laterRow";
constexpr int64_t kRowsAtOnce = 64;  // at the least; then as many as were found

int64_t slot_of(int64_t number) {
  return number % kRingSlots;
}

std::string key_of_slot(int64_t slot) {
  const std::string digits = std::to_string(slot);
  return "beat:" + std::string(4 - digits.size(), '0') + digits;
}

Publishing read_publishing(const Json& json) {
  return {.since = from_ms(integer_member(json, "since").value_or(0)),
          .folded = integer_member(json, "folded").value_or(0),
          .alerts = integer_member(json, "alerts").value_or(0),
          .last_day = parse_day(string_member(json, "lastDay").value_or("")).value_or(Day{})};
}

void print_publishing(JsonWriter& json, const Publishing& publishing) {
  json.begin_object().member("since", to_ms(publishing.since)).member("folded", publishing.folded);
  json.member("alerts", publishing.alerts).member("lastDay", iso_day(publishing.last_day)).end_object();
}

std::optional<Memo> read_memo(std::string_view text) {
  const auto json = text.empty() ? std::nullopt : parse_json(text);
  if (!json) return std::nullopt;
  const auto number = [&](std::string_view name) { return integer_member(*json, name).value_or(0); };
  Memo memo{.folded = number("folded"),
            .next = number("next"),
            .size = number("size"),
            .counted = {number("requests"), number("errors"), number("rowsWritten"), number("rowsRead")},
            .refused = {},
            .told = {number("sent"), number("failed")},
            .publishing = {},
            .later_row = string_member(*json, kLaterInMemo).value_or("")};
  if (const Json* publishing = member(*json, "publishing")) memo.publishing = read_publishing(*publishing);
  if (const Json* refused = member(*json, "refused")) memo.refused = read_tally(dump(*refused));
  const bool is_sound =
      memo.folded >= 0 && memo.next > memo.folded && memo.next - memo.folded <= kRingSlots + 1;
  return is_sound ? std::optional(std::move(memo)) : std::nullopt;
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

// Those that the event has of the requests behind `folded`, by number, because after a start some were read
// twice.
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

std::string write_memo(const Memo& memo) {
  JsonWriter json;
  json.begin_object().member("folded", memo.folded).member("next", memo.next).member("size", memo.size);
  json.member("requests", memo.counted.requests).member("errors", memo.counted.errors);
  json.member("rowsWritten", memo.counted.rows_written).member("rowsRead", memo.counted.rows_read);
  json.member("sent", memo.told.sent).member("failed", memo.told.failed);
  if (memo.publishing) print_publishing(json.key("publishing"), *memo.publishing);
  if (!memo.refused.empty()) print_tally(json.key("refused"), memo.refused);
  if (!memo.later_row.empty()) json.member(kLaterInMemo, memo.later_row);
  return json.end_object().take();
}

std::string later_row_in(std::string_view text) {
  const auto json = text.empty() ? std::nullopt : parse_json(text);
  return json ? string_member(*json, kLaterInMemo).value_or("") : std::string();
}

std::string with_later_row(std::string_view text, const std::string& row) {
  auto memo = read_memo(text);
  if (!memo) return JsonWriter().begin_object().member(kLaterInMemo, row).end_object().take();
  memo->later_row = row;
  return write_memo(*memo);
}

std::variant<Memo, Range> memo_of(const Event& event) {
  if (auto memo = read_memo(event.memo)) return *memo;
  if (!event.has_read({kLatestRow})) return Range{kLatestRow};
  Memo memo{.folded = read_collected(event.row(kLatestRow)).folded};
  memo.later_row = later_row_in(event.memo);
  const std::vector<const Row*> rows = rows_behind(memo.folded, event);
  const auto end = std::find(rows.begin(), rows.end(), nullptr);
  for (auto row = rows.begin(); row != end; ++row) memo.size += static_cast<int64_t>((*row)->bytes.size());
  const int64_t found = end - rows.begin();
  memo.next = memo.folded + found + 1;
  if (found == kRingSlots || is_read(event, slot_key(memo.next))) return memo;
  return slots_from(memo.next, std::max(kRowsAtOnce, found));
}

std::vector<Range> unfolded_ranges(const Memo& memo) {
  if (memo.next == memo.folded + 1) return {};
  const int64_t first = slot_of(memo.folded + 1);
  const int64_t end = slot_of(memo.next - 1) + 1;
  if (first < end) return {{key_of_slot(first), key_of_slot(end)}};
  return {{key_of_slot(first), key_of_slot(kRingSlots)}, {key_of_slot(0), key_of_slot(end)}};
}

std::vector<const Row*> unfolded_rows(const Event& event, const Memo& memo) {
  std::vector<const Row*> rows = rows_behind(memo.folded, event);
  rows.resize(static_cast<size_t>(memo.next - memo.folded - 1));
  std::erase(rows, nullptr);
  return rows;
}

std::vector<Accepted> unfolded(const Event& event, const Memo& memo) {
  std::vector<Accepted> all;
  for (const Row* row : unfolded_rows(event, memo)) {
    if (auto accepted = read_accepted(row->bytes)) all.push_back(std::move(*accepted));
  }
  return all;
}

std::vector<Range> unread(const Event& event, std::vector<Range> ranges) {
  std::erase_if(ranges, [&](const Range& range) { return event.has_read(range); });
  return ranges;
}

bool is_full(const Memo& memo) {
  return memo.next - memo.folded > kRingSlots;
}

bool must_fold(const Memo& memo) {
  return memo.next - memo.folded > kFoldAt || memo.size >= kFoldAtSize;
}

}  // namespace hb
