// One trouble of one channel: what is wanted, as messages come in, and what an answer makes of it.
//
// Nobody may be left believing what is not so. So a message is never dropped for a later one: what is wanted
// is the later one, with the outages of the one that was not accepted. Only where nothing can have been
// accepted, and nothing has to be told, nothing is wanted any more.
#pragma once

#include <string_view>

#include "config/config.hpp"
#include "notify/announcement.hpp"

namespace hb {

// Exclusive. Then the lease has expired, and whether the message was accepted is not known.
inline constexpr Millis kLeaseDuration = 60s;

inline bool is_digest(const Message& message) {
  return message.kind == MessageKind::digest;
}

// Messages with one ordering key are sent one after the other: those of a service, or about an alert.
inline std::string_view ordering_key(const Message& message) {
  return message.service_id.empty() ? message.dedup_key : message.service_id;
}

// Whether a round that is not over may be sending it: its lease has not expired.
bool is_in_flight(const Trouble& trouble, Time now);

// Null when the channel knows of no such trouble.
Trouble* find_trouble(ChannelQueue& queue, const Channel& channel, const Message& message);

// What the channel is to be told now.
void want(ChannelQueue& queue, const Channel& channel, LaterMessage message, Time now);

// What was in flight is accepted, or it is not. What came meanwhile is taken in.
void note_accepted(Trouble& trouble, const Channel& channel);
void note_not_accepted(Trouble& trouble, const Channel& channel);

// Leases that have expired are over, and what an earlier version stored is brought into the order of this one.
// To be called in every round, before anything else is done with the queue.
void put_in_order(ChannelQueue& queue, const Channel& channel, Time now);

// Takes out the troubles of which nothing is to be remembered.
void forget_settled(ChannelQueue& queue);

}  // namespace hb
