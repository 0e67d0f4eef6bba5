// Checkpointing: the tail of the write-ahead log goes into the merged document and the heartbeat log.
#pragma once

#include <vector>

#include "collector/checkpoint.hpp"
#include "collector/write_ahead_log.hpp"
#include "event/context.hpp"

namespace hb {

// The rows that take_checkpoint needs: `latest` names one of them.
Reads reads_for_checkpoint(const Event& event, const Session& session);

// All that is not folded; the session then says so. What cannot be read of it, because a later version wrote
// it or because it is damaged, moves to the row `later`, as it stands, a line each; a version that can read
// it folds it from there. With it, where it was read, what KV has of monitor:latest: a Worker without the
// collector may have acknowledged heartbeats there.
CheckpointResult take_checkpoint(const Config& config, const Event& event, Session& session);

}  // namespace hb
