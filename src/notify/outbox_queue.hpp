// What the parts of the outbox share: who waits for whom, and who takes whose place.
#pragma once

#include <string_view>

#include "config/config.hpp"
#include "documents/outbox.hpp"

namespace hb {

inline constexpr Millis kUnderWay = 60s;  // exclusive: then it counts as not sent

inline bool is_digest(const Message& message) {
  return message.kind == MessageKind::digest;
}

// Messages of one lane are told one after the other: those of a service, or about an alert.
inline std::string_view lane(const Message& message) {
  return message.service_id.empty() ? message.dedup_key : message.service_id;
}

// Whether nobody can have heard of its trouble before.
bool is_first_word(const Message& message);

// Whether a round that is not over may be sending it.
bool is_under_way(const Waiting& item, Time now);

// Enabled and of that name, or null.
const Channel* channel_of(const Config& config, std::string_view name);

// Takes the place of what waits of the same incident, or its own at the end.
void pace(std::vector<Waiting>& waiting, Message message, Time now);

// To the end, unless it waits already.
void append(std::vector<Waiting>& waiting, Message message, Time now);

void heal(ChannelQueue& queue);

}  // namespace hb
