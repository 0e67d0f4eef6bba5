// The collector takes an accepted request: one row, and the heartbeats in it are safe.

#include "folding.hpp"
#include "handlers.hpp"
#include "http.hpp"

namespace hb {
Outcome append_beat(const Context& context) {
  const Event& event = context.event;
  auto found = memo_of(event);
  if (auto* range = std::get_if<Range>(&found)) return {.needs_rows = {*range}};
  Memo memo = std::get<Memo>(std::move(found));

  Outcome outcome;
  if (must_fold(memo)) {
    outcome.needs_rows = unread(event, ranges_to_fold(event, memo));
    if (outcome.is_asking()) return outcome;
    outcome.rows = fold_ring(context.config, event, memo).rows;
  }
  Numbered beat = numbered(memo.next, event.now, event.body);
  if (beat.row.empty()) return outcome_of(Error{400, "This is no accepted request"});
  memo.size += static_cast<int64_t>(beat.row.size());
  memo.refused += read_tally(beat.refused);
  outcome.rows.push_back({slot_key(memo.next++), std::move(beat.row)});
  outcome.memo = write_memo(memo);
  return outcome;
}

}  // namespace hb
