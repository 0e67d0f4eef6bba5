// What every channel was told of every trouble, and what it is to be told: of each trouble what the provider
// accepted last, and what is wanted now. The collector has a row for it; without it, it is the member `outbox`
// of the check's state. What is done with it is decided in notify/.
//
// A row of an earlier version has messages in the order in which they are to be sent, under the same names.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "documents/message.hpp"

namespace hb {

// What a message is to what its channel was announced before.
enum class Relation {
  begins,     // nothing of this trouble was announced to it
  continues,  // the trouble was
  corrects,   // the channel does not take such a message: it only sets right what is not accepted yet
};

// What a provider accepted last about a trouble that is not over for its readers.
struct Accepted {
  std::string status{};         // down, degraded or firing
  Time since{};                 // when that began; the epoch when it is not known
  std::optional<Time> until{};  // when it was otherwise, as far as that came up
  std::string dedup_key{};      // of the message

  bool operator==(const Accepted&) const = default;
};

// A message was leased to a round that sends it.
struct Lease {
  std::string id{};  // of the delivery: message_id, or that of a digest
  Time since{};      // an answer ends it, or time

  bool operator==(const Lease&) const = default;
};

// What came for a trouble while its message was in flight.
struct LaterMessage {
  Message message{};
  Relation relation = Relation::begins;

  bool operator==(const LaterMessage&) const = default;
};

// One trouble for one channel: a service's, or an alert's.
struct Trouble {
  std::string key{};  // for channels that keep incidents the dedup key, for others the ordering key
  std::optional<Accepted> accepted{};
  bool may_be_accepted = false;        // an attempt came to no answer: the provider may have what was wanted
  std::optional<Message> wanted{};     // what is to be told; absent: the channel knows all
  std::optional<Time> wanted_since{};  // since when something is to be told
  int attempts = 0;                    // to tell it, that came to an end
  int refusals = 0;                    // of those
  std::optional<Time> not_before{};
  std::optional<Lease> lease{};
  std::vector<LaterMessage> later{};  // in their order

  bool operator==(const Trouble&) const = default;
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
  std::vector<Trouble> troubles{};
  ChannelHealth health = ChannelHealth::healthy;
  std::optional<Time> failing_since{};
  std::string words{};  // the provider's last ones, without secrets
  std::optional<Time> next_try{};
  std::string notice{};              // the key under which the others were told of it; empty: they were not
  int64_t failed = 0;                // messages that were refused in both forms
  std::optional<Time> gone_since{};  // it is not configured

  bool operator==(const ChannelQueue&) const = default;
};

struct Outbox {
  std::vector<ChannelQueue> channels{};

  bool operator==(const Outbox&) const = default;
};

// Null when there is none.
const ChannelQueue* find_queue(const Outbox& outbox, std::string_view channel);
// Made when there is none; other references into the outbox are void then.
ChannelQueue& queue_of(Outbox& outbox, std::string_view channel);

// In how many troubles something is to be told.
size_t waiting(const ChannelQueue& queue);

// Compact JSON. Channels of which there is nothing to say are left out.
std::string write_outbox(const Outbox& outbox);

class JsonWriter;
void print_outbox(JsonWriter& json, const Outbox& outbox);

// As much as can be read.
Outbox read_outbox(std::string_view text);

// Takes in the troubles of another one that are not here yet.
void join(Outbox& outbox, Outbox other);

}  // namespace hb
