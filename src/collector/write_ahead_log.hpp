// The collector's write-ahead log: which of its entries, each a heartbeat batch, are not in the checkpoint
// yet.
//
// Entries are numbered from 1 on; entry n is the row beat:<n mod 4096>. Those up to `checkpointed` are in the
// checkpoint. The tail follows them without a hole, unless a row is damaged, so that after a start the last entry is
// found by looking at the rows that follow.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "collector/session.hpp"
#include "documents/heartbeat_batch.hpp"
#include "event/event.hpp"

namespace hb {

inline constexpr int64_t kWriteAheadCapacity = 4096;
inline constexpr int64_t kCheckpointAt = kWriteAheadCapacity / 2;  // entries
inline constexpr int64_t kCheckpointAtSize = 8 * 1024 * 1024;      // bytes
// What joining the tail costs goes by its heartbeats.
inline constexpr int64_t kCheckpointAtHeartbeats = 16 * 1024;

// Opens the session of a collector that has just started with what the event's rows say, else answers which
// rows have to be read first.
std::optional<Range> open_session(const Event& event, Session& session);

std::string entry_key(int64_t number);

// The rows of the tail.
std::vector<Range> tail_ranges(const Session& session);

// The batches of the tail, oldest first, without those that cannot be read; and its rows, with them.
std::vector<HeartbeatBatch> tail_of(const Event& event, const Session& session);
std::vector<const Row*> tail_rows(const Event& event, const Session& session);

// Counts an entry as one of the tail.
void add_to_tail(Session& session, std::string_view row);

bool must_checkpoint(const Session& session);
bool is_full(const Session& session);

// Those of the ranges that the event has not read.
std::vector<Range> unread(const Event& event, std::vector<Range> ranges);

}  // namespace hb
