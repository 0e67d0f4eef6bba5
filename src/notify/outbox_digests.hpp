// Many messages of one channel in one.
#pragma once

#include <vector>

#include "documents/outbox.hpp"

namespace hb {

inline constexpr size_t kMostWaiting = 200;           // per channel; PagerDuty's are one per incident
inline constexpr size_t kMostWaitingBytes = 200'000;  // the same
inline constexpr Millis kLongestWaiting = std::chrono::hours{24};  // inclusive
inline constexpr size_t kMostLines = 20;

// Of what came at once, and what still waits about the same services: it stands for both, in their order.
// What follows a message that is under way stays single.
void append_storm(ChannelQueue& queue, std::vector<Waiting> fresh, Time now);

// What waits too long, or beyond what may wait, becomes one digest, oldest first. What is under way is left.
void fold_late(ChannelQueue& queue, Time now);

}  // namespace hb
