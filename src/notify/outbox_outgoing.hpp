// The second part of a round of delivery: what is due is leased, and leaves.
#pragma once

#include <chrono>
#include <string>
#include <vector>

#include "config/config.hpp"
#include "documents/outbox.hpp"
#include "event/event.hpp"

namespace hb {

struct Outgoing {
  std::string channel{};
  std::string id{};  // of the delivery
  Send send{};

  bool operator==(const Outgoing&) const = default;
};

inline constexpr size_t kMostSends = 40;
inline constexpr size_t kFailingSends = 3;  // in a round, through a channel that failed the last time

// What to send now, digests first, then of every channel in turn. It is in flight then, so that no other round
// sends it too: the outbox is written after this, before the first send.
//
// More than settings.digestAfter troubles of one channel, or one that waits for more than a day, leave as one
// digest; the troubles stay what they are. Channels that keep incidents have no digests, and what they are
// told of one service follows each other.
std::vector<Outgoing> outgoing(const Config& config, Outbox& outbox, const UtcOffsets& utc_offset, Time now);

}  // namespace hb
