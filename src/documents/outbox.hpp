// The messages that no provider has accepted yet: for every channel its queue, in order, and the channel's
// health. The collector has a row for it; without it, it is the member `outbox` of the check's state. What is
// done with it is decided in notify/.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "documents/message.hpp"

namespace hb {

// A message of one channel.
struct QueuedMessage {
  std::string id{};  // message_id: the same for every attempt
  Message message{};
  Time queued_at{};
  int attempts = 0;  // that came to an end
  Form form = Form::full;
  std::optional<Time> not_before{};
  std::optional<Time> in_flight_since{};  // when it was last leased; an answer ends that
  bool may_be_delivered = false;          // an earlier attempt ended without an answer

  bool operator==(const QueuedMessage&) const = default;
};

// From good to bad.
enum class ChannelHealth {
  healthy,
  refusing,  // it did not take the last message, in either form
  failing,
  broken,  // until somebody repairs it
  unset,   // a credential is missing, or of no use
};

struct ChannelQueue {
  std::string channel{};  // its name
  std::vector<QueuedMessage> queued{};
  ChannelHealth health = ChannelHealth::healthy;
  std::optional<Time> failing_since{};
  std::string words{};  // the provider's last ones, without secrets
  std::optional<Time> next_try{};
  int64_t failed = 0;  // messages given up

  bool operator==(const ChannelQueue&) const = default;
};

struct Outbox {
  std::vector<ChannelQueue> channels{};

  bool operator==(const Outbox&) const = default;
};

// Queued at `now`, and not tried yet.
QueuedMessage queued_message(Message message, Time now);

// Null when there is none.
const ChannelQueue* find_queue(const Outbox& outbox, std::string_view channel);
// Made when there is none; other references into the outbox are void then.
ChannelQueue& queue_of(Outbox& outbox, std::string_view channel);

// Compact JSON. Channels of which there is nothing to say are left out.
std::string write_outbox(const Outbox& outbox);

class JsonWriter;
void print_outbox(JsonWriter& json, const Outbox& outbox);

// As much as can be read.
Outbox read_outbox(std::string_view text);

// Takes in the messages that are queued in another one and not here yet.
void join(Outbox& outbox, Outbox other);

}  // namespace hb
