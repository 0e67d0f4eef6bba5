// The last part of a round of delivery: the results are recorded, in the queues and in the health of the
// channels.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "config/config.hpp"
#include "documents/outbox.hpp"
#include "event/event.hpp"

namespace hb {

inline constexpr Millis kBrokenPause = 5min;  // between two tries of a broken channel

struct Result {
  std::string channel{};
  std::string id{};
  Answer answer{};
};

struct RecordedResults {
  int sent = 0;
  int failed = 0;                  // refused in both forms
  std::vector<std::string> log{};  // a sentence for every answer that was not good

  bool operator==(const RecordedResults&) const = default;
};

// What was accepted is what the channel knows; what was not stays wanted. That a channel broke, or refuses a
// recovery, is announced through the others, in the next round. Answers about what is not in flight any more
// are left out.
RecordedResults record_results(const Config& config, Outbox& outbox, std::span<const Result> results,
                               Time now);

struct ChannelFault {
  std::string channel{};
  std::optional<Time> failing_since{};  // absent: no round has seen it yet
  std::string words{};                  // not for the public
  int64_t failed = 0;
  size_t queued = 0;

  bool operator==(const ChannelFault&) const = default;
};

// In the order of the configuration.
std::vector<ChannelFault> faults(const Config& config, const Outbox& outbox);

}  // namespace hb
