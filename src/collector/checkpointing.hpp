// Checkpointing: the tail of the write-ahead log goes into the merged document and the heartbeat log.
#pragma once

#include <vector>

#include "collector/checkpoint.hpp"
#include "collector/write_ahead_log.hpp"
#include "event/context.hpp"

namespace hb {

// The rows that take_checkpoint needs: `latest` names one of them.
Reads reads_to_checkpoint(const Event& event, const Session& session);

// Checkpoints the whole tail; the session then says so. Entries that cannot be read, because a later version
// wrote them or because they are damaged, move to the row `later`, as they stand, a line each; a version that
// can read them checkpoints them from there. What KV has of monitor:latest, where it was read, goes into the
// checkpoint, too: a Worker without the collector may have acknowledged heartbeats there.
CheckpointResult take_checkpoint(const Config& config, const Event& event, Session& session);

}  // namespace hb
