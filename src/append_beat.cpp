// The collector takes an accepted request: one row, and the heartbeats in it are safe.

#include "folding.hpp"
#include "handlers.hpp"
#include "http.hpp"
#include "later_version.hpp"

namespace hb {
namespace {

constexpr int kRetryAfterSeconds = 60;

// Where rows of a later version stand, nothing is folded, and looked for only once.
void fold_before(const Context& context, Memo& memo, Outcome& outcome) {
  const Event& event = context.event;
  outcome.needs_rows = unread(event, ranges_to_fold(event, memo));
  if (outcome.is_asking()) return;
  const std::string later = later_row(event);
  if (later.empty()) {
    Folded folded = fold_ring(context.config, event, memo);
    outcome.rows = std::move(folded.rows);
    outcome.logs = std::move(folded.logs);
  } else {
    outcome.logs = left_alone(event, later).logs;
    memo.later_row = later;
  }
}

}  // namespace

Outcome append_beat(const Context& context) {
  const Event& event = context.event;
  auto found = memo_of(event);
  if (auto* range = std::get_if<Range>(&found)) return {.needs_rows = {*range}};
  Memo memo = std::get<Memo>(std::move(found));

  Outcome outcome;
  if (must_fold(memo) && memo.later_row.empty()) {
    fold_before(context, memo, outcome);
    if (outcome.is_asking()) return outcome;
  }
  if (is_full(memo))
    return outcome_of(unavailable("There is no room for another heartbeat", kRetryAfterSeconds));
  Numbered beat = numbered(memo.next, event.now, event.body);
  if (beat.row.empty()) return outcome_of(Error{400, "This is no accepted request"});
  memo.size += static_cast<int64_t>(beat.row.size());
  memo.refused += read_tally(beat.refused);
  outcome.rows.push_back({slot_key(memo.next++), std::move(beat.row)});
  outcome.memo = write_memo(memo);
  return outcome;
}

}  // namespace hb
