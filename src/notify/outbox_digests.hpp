// Many troubles of one channel in one message.
#pragma once

#include <chrono>
#include <span>
#include <string_view>
#include <vector>

#include "documents/outbox.hpp"
#include "text/utc_offsets.hpp"

namespace hb {

inline constexpr size_t kMostWaiting = 200;           // per channel; those that keep incidents have no limit
inline constexpr size_t kMostWaitingBytes = 200'000;  // the same
inline constexpr Millis kLongestWait = std::chrono::hours{24};  // inclusive
inline constexpr size_t kMostLines = 20;

// Whether it waits so long that its message has to say of when it is.
bool is_late(const Trouble& trouble, Time now);

// The message that stands for all of these, as it is sent. It is the same until one of them changes.
Message digest_of(std::string_view channel, std::span<Trouble* const> troubles, const UtcOffsets& utc_offset,
                  Time now);

// Beyond what may wait, the oldest that nothing was accepted of become one digest. Of one of them that ends
// later, the end is told all the same.
void fold(ChannelQueue& queue, const UtcOffsets& utc_offset, Time now);

// Beyond as many bytes, the oldest keep only what they are about.
void shorten(ChannelQueue& queue);

}  // namespace hb
