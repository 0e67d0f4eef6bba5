// Folding: what the ring has not given away yet goes into the merged document and the log.
#pragma once

#include <vector>

#include "collector/collected.hpp"
#include "collector/ring.hpp"
#include "event/context.hpp"

namespace hb {

// The rows that fold_ring needs: `latest` names one of them.
Reads reads_to_fold(const Event& event, const Session& session);

// All that is not folded; the session then says so. What cannot be read of it, because a later version wrote it
// or because it is damaged, moves to the row `later`, as it stands, a line each; a version that can read it
// folds it from there. With it, where it was read, what KV has of monitor:latest: a Worker without the
// collector may have acknowledged heartbeats there.
Folded fold_ring(const Config& config, const Event& event, Session& session);

}  // namespace hb
