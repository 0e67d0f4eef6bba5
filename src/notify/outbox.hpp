// What is decided to be told and not accepted yet: for every channel its messages, in their order, and how
// the channel fares.
//
// A round of telling, in a check or after alerts from outside: enqueue, outgoing, write the outbox, send;
// then settle what was answered on a fresh read of it, and write again. What was lost meanwhile is sent again.
#pragma once

#include <chrono>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "channels/provider_answer.hpp"
#include "channels/send.hpp"
#include "config/config.hpp"
#include "notify/announcement.hpp"

namespace hb {

// A message of one channel.
struct Waiting {
  std::string id{};  // message_id: the same for every attempt
  Message message{};
  Time queued{};
  int attempts = 0;  // that came to an end
  Form form = Form::full;
  std::optional<Time> not_before{};
  std::optional<Time> under_way{};  // when it was last handed out; an answer ends that
  bool may_be_told = false;         // an earlier attempt ended without an answer

  bool operator==(const Waiting&) const = default;
};

// From good to bad.
enum class Trouble {
  none,
  refusing,  // it did not take the last message, in either form
  failing,
  broken,  // until somebody repairs it
  unset,   // a credential is missing, or of no use
};

struct ChannelQueue {
  std::string channel{};  // its name
  std::vector<Waiting> waiting{};
  Trouble trouble = Trouble::none;
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

// Compact JSON. Channels of which there is nothing to say are left out.
std::string write_outbox(const Outbox& outbox);

// As much as can be read.
Outbox read_outbox(std::string_view text);

// Takes in what waits in another one and not here yet.
void join(Outbox& outbox, Outbox other);

inline constexpr size_t kMostWaiting = 200;           // per channel; PagerDuty's are one per incident
inline constexpr size_t kMostWaitingBytes = 200'000;  // the same
inline constexpr Millis kLongestWaiting = std::chrono::hours{24};  // inclusive

// Takes in what is to be told, and puts the queues in order: to be called in every round, also with nothing.
//
// A recovery takes the place of what is still waiting about its trouble. More than settings.digestAfter at
// once become a digest; what waits too long, or is too much, becomes another. PagerDuty has neither: of each
// incident its latest state waits, and nothing of one that began and ended untold. A message that waits
// already is not taken twice.
//
// The answer is for the log: a sentence for each channel that is not configured, whose messages are dropped.
std::vector<std::string> enqueue(const Config& config, Outbox& outbox,
                                 std::span<const Announcement> announcements, Time now);

struct Outgoing {
  std::string channel{};
  std::string id{};  // of the message
  Send send{};

  bool operator==(const Outgoing&) const = default;
};

inline constexpr size_t kMostSends = 40;
inline constexpr Millis kUnderWay = 60s;      // exclusive: then it counts as not sent
inline constexpr Millis kBrokenPause = 5min;  // between two tries of a broken channel
inline constexpr size_t kFailingSends = 3;    // in a round, through a channel that failed the last time

// What to send now, digests first, then of every channel in turn. They are marked as under way, for another
// round not to send them too: the outbox is written after this, before the first send.
//
// Of one service never two at once; behind a digest nothing, until it is accepted.
std::vector<Outgoing> outgoing(const Config& config, Outbox& outbox, std::chrono::minutes utc_offset,
                               Time now);

struct Result {
  std::string channel{};
  std::string id{};
  Answer answer{};
};

struct Settled {
  int sent = 0;
  int failed = 0;                  // given up
  std::vector<std::string> log{};  // a sentence for every answer that was not good

  bool operator==(const Settled&) const = default;
};

// What was accepted leaves. That a channel broke is told through the others, in the next round. Answers about
// what does not wait any more are left out; what was not sent waits as before.
Settled settle(const Config& config, Outbox& outbox, std::span<const Result> results, Time now);

struct ChannelFault {
  std::string channel{};
  std::optional<Time> failing_since{};  // absent: no round has seen it yet
  std::string words{};                  // not for the public
  int64_t failed = 0;
  size_t waiting = 0;

  bool operator==(const ChannelFault&) const = default;
};

// In the order of the configuration.
std::vector<ChannelFault> faults(const Config& config, const Outbox& outbox);

}  // namespace hb
