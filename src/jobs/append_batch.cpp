// The collector appends a heartbeat batch: one row, and its heartbeats are safe.

#include "collector/checkpointing.hpp"
#include "collector/later_version.hpp"
#include "collector/write_ahead_log.hpp"
#include "event/handlers.hpp"
#include "event/http.hpp"

namespace hb {
namespace {

constexpr int kRetryAfterSeconds = 60;

bool checkpoints_before(const Session& session) {
  return must_checkpoint(session) && session.later_row.empty();
}

// Where there are rows of a later version no checkpoint is made; they are looked for only once.
void checkpoint_before(const Context& context, Done& done) {
  const std::string later = later_row(context.event);
  if (later.empty()) {
    CheckpointResult result = take_checkpoint(context.config, context.event, context.session);
    done.rows = std::move(result.rows);
    done.logs = std::move(result.logs);
  } else {
    done.logs = left_alone(later, context.session).logs;
  }
}

}  // namespace

Reads reads_to_append(const Context& context) {
  if (!checkpoints_before(context.session)) return {};
  return reads_to_checkpoint(context.event, context.session);
}

Outcome append_batch(const Context& context) {
  const auto& [config, page, event, session] = context;
  SequencedBatch batch = sequenced(session.next, event.now, std::get<Append>(event.trigger).batch);
  if (batch.row.empty()) return outcome_of(Error{400, "This is no heartbeat batch"});
  Done done;
  if (checkpoints_before(session)) checkpoint_before(context, done);
  if (is_full(session)) {
    done.reply = unavailable("There is no room for another heartbeat", kRetryAfterSeconds);
    return done;
  }
  add_to_tail(session, batch.row);
  session.refused += read_tally(batch.refused);
  done.rows.push_back({entry_key(session.next++), std::move(batch.row)});
  return done;
}

}  // namespace hb
