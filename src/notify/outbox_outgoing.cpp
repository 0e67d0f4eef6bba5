#include "notify/outbox_outgoing.hpp"

#include <algorithm>
#include <set>

#include "channels/send_of.hpp"
#include "config/channel_types.hpp"
#include "notify/outbox_queue.hpp"

namespace hb {
namespace {

constexpr Millis kLongestPause = 1h;

// A time to wait for that nobody can have asked for is damage.
bool has_come(const std::optional<Time>& time, Time now) {
  return !time || now >= *time || *time > now + kLongestPause + kAheadAllowed;
}

size_t most_sends(ChannelHealth health) {
  if (health == ChannelHealth::broken) return 1;
  return health == ChannelHealth::failing ? kFailingSends : kMostSends;
}

// What of one channel may go together, in its order.
std::vector<QueuedMessage*> ready(ChannelQueue& queue, Time now) {
  std::vector<QueuedMessage*> out;
  if (!has_come(queue.next_try, now)) return out;
  std::set<std::string_view> ordering_keys;
  for (QueuedMessage& item : queue.queued) {
    const bool is_first = ordering_keys.insert(ordering_key(item.message)).second;
    if (is_first && !is_in_flight(item, now) && has_come(item.not_before, now)) out.push_back(&item);
    if (is_digest(item.message) || out.size() == most_sends(queue.health)) break;
  }
  return out;
}

struct Line {
  const Channel* channel;
  std::vector<QueuedMessage*> items;
};

std::vector<Line> lines_of(const Config& config, Outbox& outbox, Time now) {
  std::vector<Line> lines;
  for (const Channel& channel : config.notifications.channels) {
    const bool is_there = channel.enabled && find_queue(outbox, channel.name) != nullptr;
    if (is_there && !channel_fault(config, channel))
      lines.push_back({&channel, ready(queue_of(outbox, channel.name), now)});
  }
  return lines;
}

struct Chosen {
  const Channel* channel;
  QueuedMessage* item;
};

// Digests, then the first of every channel, then the second of every channel, and so on.
std::vector<Chosen> in_turn(const std::vector<Line>& lines) {
  std::vector<Chosen> out;
  size_t longest = 0;
  for (const auto& [channel, items] : lines) {
    longest = std::max(longest, items.size());
    for (QueuedMessage* item : items) {
      if (is_digest(item->message)) out.push_back({channel, item});
    }
  }
  for (size_t i = 0; i < longest && out.size() < kMostSends; ++i) {
    for (const auto& [channel, items] : lines) {
      if (i < items.size() && !is_digest(items[i]->message)) out.push_back({channel, items[i]});
    }
  }
  if (out.size() > kMostSends) out.resize(kMostSends);
  return out;
}

}  // namespace

std::vector<Outgoing> outgoing(const Config& config, Outbox& outbox, std::chrono::minutes utc_offset,
                               Time now) {
  std::vector<Outgoing> out;
  for (const auto& [channel, item] : in_turn(lines_of(config, outbox, now))) {
    auto made =
        send_of(config, *channel, item->message, {.at = now, .utc_offset = utc_offset, .form = item->form});
    auto* send = std::get_if<Send>(&made);
    if (send == nullptr) continue;
    // Nobody answered for the last time.
    item->may_be_delivered |= item->in_flight_since.has_value();
    item->in_flight_since = now;
    out.push_back({channel->name, item->id, std::move(*send)});
  }
  return out;
}

}  // namespace hb
