// The notice through the other channels when one is broken.
#pragma once

#include "config/config.hpp"
#include "documents/outbox.hpp"

namespace hb {

struct ChannelNotice {
  std::string channel{};  // which does not get it itself
  Message message{};
};

ChannelNotice broken_notice(const ChannelQueue& queue, Time now);

// The end of that: the channel works again, or is not configured any more. The same key as before.
ChannelNotice repaired_notice(const ChannelQueue& queue, Time now);

// The end only to those for which it ends an incident.
void notify_others(const Config& config, Outbox& outbox, const ChannelNotice& notice, Time now);

}  // namespace hb
