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
  std::string id{};  // of the message
  Send send{};

  bool operator==(const Outgoing&) const = default;
};

inline constexpr size_t kMostSends = 40;
inline constexpr size_t kFailingSends = 3;  // in a round, through a channel that failed the last time

// What to send now, digests first, then of every channel in turn. The messages are in flight then, so that no
// other round sends them too: the outbox is written after this, before the first send.
//
// Of one ordering key never two at once; behind a digest nothing, until it is accepted.
std::vector<Outgoing> outgoing(const Config& config, Outbox& outbox, std::chrono::minutes utc_offset,
                               Time now);

}  // namespace hb
