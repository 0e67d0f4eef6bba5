// What the parts of the outbox share: which message is sent after which, and which replaces which.
#pragma once

#include <string_view>

#include "documents/outbox.hpp"

namespace hb {

// Exclusive. Then the lease has expired, and the message counts as not sent.
inline constexpr Millis kLeaseDuration = 60s;

inline bool is_digest(const Message& message) {
  return message.kind == MessageKind::digest;
}

// Messages with one ordering key are sent one after the other: those of a service, or about an alert.
inline std::string_view ordering_key(const Message& message) {
  return message.service_id.empty() ? message.dedup_key : message.service_id;
}

// Whether it is the first message about its problem.
bool is_first_word(const Message& message);

// Whether a round that is not over may be sending it: its lease has not expired.
bool is_in_flight(const QueuedMessage& item, Time now);

// Replaces the queued message of the same incident, or goes to the end. A recovery from a problem whose first
// message was not sent takes that one out, and is not queued itself.
void replace_or_append(std::vector<QueuedMessage>& queued, Message message, Time now);

// To the end, unless it is queued already.
void append(std::vector<QueuedMessage>& queued, Message message, Time now);

// The channel works again.
void mark_healthy(ChannelQueue& queue);

}  // namespace hb
