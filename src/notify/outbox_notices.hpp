// What the other channels are told of one that needs somebody to look after it: once, until it works again.
#pragma once

#include <string>

#include "config/config.hpp"
#include "documents/outbox.hpp"

namespace hb {

struct ChannelNotice {
  std::string channel{};  // which does not get it itself
  Message message{};
};

// The key of a notice that begins now: until it ends it is in the queue.
std::string notice_key(const ChannelQueue& queue);

ChannelNotice broken_notice(const ChannelQueue& queue, Time now);

// It did not take the message that something is over, in either form.
ChannelNotice refusal_notice(const ChannelQueue& queue, const Message& recovery, Time now);

// The end of either: the channel works again, or is not configured any more. The same key as before.
ChannelNotice repaired_notice(const ChannelQueue& queue, Time now);

// The end only to those for which it ends an incident.
void notify_others(const Config& config, Outbox& outbox, const ChannelNotice& notice, Time now);

// The channel works again.
void mark_healthy(ChannelQueue& queue);

// Whether a channel works again shows only when it accepts a message. Of one of which the others were told, and that
// has nothing to tell, that it works again is what is wanted, until there is something else.
bool is_proof(const ChannelQueue& queue, const Trouble& trouble);
void want_proof(ChannelQueue& queue, Time now);
void forget_proof(ChannelQueue& queue);

}  // namespace hb
