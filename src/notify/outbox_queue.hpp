// What the parts of the outbox share: which message waits for which, and which replaces which.
#pragma once

#include <string_view>

#include "config/config.hpp"
#include "documents/outbox.hpp"

namespace hb {

inline constexpr Millis kLeaseDuration =
    60s;  // exclusive: then the lease has expired, and it counts as not sent

inline bool is_digest(const Message& message) {
  return message.kind == MessageKind::digest;
}

// Messages with one ordering key are sent one after the other: those of a service, or about an alert.
inline std::string_view ordering_key(const Message& message) {
  return message.service_id.empty() ? message.dedup_key : message.service_id;
}

// Whether it is the first message about its problem.
bool is_first_word(const Message& message);

// Whether a round that is not over may be sending it.
bool is_in_flight(const QueuedMessage& item, Time now);

// Enabled and of that name, or null.
const Channel* channel_of(const Config& config, std::string_view name);

// Replaces the queued message of the same incident, or goes to the end.
void pace(std::vector<QueuedMessage>& queued, Message message, Time now);

// To the end, unless it is queued already.
void append(std::vector<QueuedMessage>& queued, Message message, Time now);

void heal(ChannelQueue& queue);

}  // namespace hb
