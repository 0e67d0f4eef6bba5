// Many messages of one channel in one.
#pragma once

#include <vector>

#include "documents/outbox.hpp"

namespace hb {

inline constexpr size_t kMostQueued = 200;           // per channel; PagerDuty's are one per incident
inline constexpr size_t kMostQueuedBytes = 200'000;  // the same
inline constexpr Millis kLongestQueued = std::chrono::hours{24};  // inclusive
inline constexpr size_t kMostLines = 20;

// Of what came at once, and what is still queued about the same services: it stands for both, in their order.
// What follows a message that is in flight stays single.
void append_storm(ChannelQueue& queue, std::vector<QueuedMessage> fresh, Time now);

// What is queued too long, or beyond what may be queued, becomes one digest, oldest first. What is in flight
// is left.
void digest_late(ChannelQueue& queue, Time now);

}  // namespace hb
