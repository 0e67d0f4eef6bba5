// The collector takes an accepted request: one row, and the heartbeats in it are safe.

#include "collector/folding.hpp"
#include "collector/later_version.hpp"
#include "event/handlers.hpp"
#include "event/http.hpp"

namespace hb {
namespace {

constexpr int kRetryAfterSeconds = 60;

bool folds_before(const Session& session) {
  return must_fold(session) && session.later_row.empty();
}

// Where rows of a later version stand, nothing is folded, and looked for only once.
void fold_before(const Context& context, Done& done) {
  const std::string later = later_row(context.event);
  if (later.empty()) {
    Folded folded = fold_ring(context.config, context.event, context.session);
    done.rows = std::move(folded.rows);
    done.logs = std::move(folded.logs);
  } else {
    done.logs = left_alone(later, context.session).logs;
  }
}

}  // namespace

Reads reads_to_append(const Context& context) {
  if (!folds_before(context.session)) return {};
  return reads_to_fold(context.event, context.session);
}

Outcome append_beat(const Context& context) {
  const auto& [config, page, event, session] = context;
  Done done;
  if (folds_before(session)) fold_before(context, done);
  if (is_full(session))
    return outcome_of(unavailable("There is no room for another heartbeat", kRetryAfterSeconds));
  Numbered beat = numbered(session.next, event.now, std::get<Append>(event.trigger).batch);
  if (beat.row.empty()) return outcome_of(Error{400, "This is no accepted request"});
  session.size += static_cast<int64_t>(beat.row.size());
  session.refused += read_tally(beat.refused);
  done.rows.push_back({slot_key(session.next++), std::move(beat.row)});
  return done;
}

}  // namespace hb
