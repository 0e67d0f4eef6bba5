// A problem that is over before its first message was sent.
#pragma once

#include <vector>

#include "documents/outbox.hpp"

namespace hb {

// Takes out the messages about the problem of this key that are not in flight and are no recovery.
std::vector<QueuedMessage> take_problem(std::vector<QueuedMessage>& queued, std::string_view dedup_key,
                                        Time now);

// The recovery that also says what was not sent: "Website was down 06:00–06:04 UTC". When the beginning was
// sent, it stays as it is.
Message combined_recovery(const std::vector<QueuedMessage>& unsent, Message recovery);

}  // namespace hb
