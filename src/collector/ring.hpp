// The ring of accepted requests in the collector: which of its rows are not folded yet.
//
// Requests are numbered from 1 on; number n stands in the row beat:<n mod 4096>. Those up to `folded`, which
// the row `latest` knows, are contained in the documents. Behind them they stand without a gap, so that after
// a start the last one is found by looking at the rows that follow.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "collector/session.hpp"
#include "documents/accepted.hpp"
#include "event/event.hpp"

namespace hb {

inline constexpr int64_t kRingSlots = 4096;
inline constexpr int64_t kFoldAt = kRingSlots / 2;       // requests
inline constexpr int64_t kFoldAtSize = 8 * 1024 * 1024;  // bytes

// Opens the session of a collector that has just started with what the event's rows say, else tells which
// rows have to be read first.
std::optional<Range> open_session(const Event& event, Session& session);

std::string slot_key(int64_t number);

// The rows of the requests that are not folded.
std::vector<Range> unfolded_ranges(const Session& session);

// Those of the event, oldest first; what cannot be read is left out.
std::vector<Accepted> unfolded(const Event& event, const Session& session);
std::vector<const Row*> unfolded_rows(const Event& event, const Session& session);

bool must_fold(const Session& session);
bool is_full(const Session& session);

// Those of the ranges that the event has not read.
std::vector<Range> unread(const Event& event, std::vector<Range> ranges);

}  // namespace hb
