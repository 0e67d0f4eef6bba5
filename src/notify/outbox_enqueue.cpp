#include "notify/outbox_enqueue.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "config/channel_types.hpp"
#include "message/tone.hpp"
#include "notify/audience.hpp"
#include "notify/outbox_digests.hpp"
#include "notify/outbox_notices.hpp"
#include "notify/outbox_queue.hpp"
#include "notify/outbox_recoveries.hpp"

namespace hb {
namespace {

std::vector<const Message*> messages_for(std::string_view channel,
                                         std::span<const Announcement> announcements) {
  std::vector<const Message*> out;
  for (const Announcement& announcement : announcements) {
    if (announcement.channel == channel) out.push_back(&announcement.message);
  }
  return out;
}

std::string dropped(const std::string& channel, size_t count) {
  return channel + " is not configured any more: " + std::to_string(count) +
         (count == 1 ? " message for it is dropped" : " messages for it are dropped");
}

// What is queued for channels that are gone, and what is announced for them.
std::vector<std::string> drop_unconfigured(const Config& config, Outbox& outbox,
                                           std::span<const Announcement> announcements, Time now) {
  std::map<std::string, size_t> gone;
  for (const Announcement& announcement : announcements) {
    if (find_channel(config, announcement.channel) == nullptr) ++gone[announcement.channel];
  }
  const auto is_gone = [&](const ChannelQueue& queue) {
    return find_channel(config, queue.channel) == nullptr;
  };
  for (const ChannelQueue& queue : outbox.channels) {
    if (is_gone(queue) && !queue.queued.empty()) gone[queue.channel] += queue.queued.size();
  }
  std::vector<ChannelNotice> over;
  for (const ChannelQueue& queue : outbox.channels) {
    if (is_gone(queue) && queue.health == ChannelHealth::broken) over.push_back(repaired_notice(queue, now));
  }
  std::erase_if(outbox.channels, is_gone);
  for (const ChannelNotice& notice : over) notify_others(config, outbox, notice, now);
  std::vector<std::string> out;
  out.reserve(gone.size());
  for (const auto& [channel, count] : gone) out.push_back(dropped(channel, count));
  return out;
}

void look_at_credentials(const Config& config, Outbox& outbox, const Channel& channel, Time now) {
  auto fault = channel_fault(config, channel);
  if (!fault) {
    const ChannelQueue* queue = find_queue(outbox, channel.name);
    if (queue != nullptr && queue->health == ChannelHealth::unset)
      mark_healthy(queue_of(outbox, channel.name));
    return;
  }
  ChannelQueue& queue = queue_of(outbox, channel.name);
  // A broken one was announced: that ends when the provider accepts a message again.
  if (queue.health != ChannelHealth::broken) queue.health = ChannelHealth::unset;
  queue.words = *std::move(fault);
  queue.next_try.reset();
  if (!queue.failing_since) queue.failing_since = now;
}

// Those that are new, recoveries in the place of what they make needless.
std::vector<QueuedMessage> fresh_of(ChannelQueue& queue, const std::vector<const Message*>& messages,
                                    Time now) {
  std::set<std::string> keys;
  for (const QueuedMessage& item : queue.queued) keys.insert(item.message.dedup_key);
  std::vector<QueuedMessage> fresh;
  for (const Message* message : messages) {
    const bool is_key_known = !keys.insert(message->dedup_key).second;
    if (!is_key_known) {
      fresh.push_back(queued_message(*message, now));
      continue;
    }
    const std::string id = message_id(*message);
    const bool is_queued = std::any_of(queue.queued.begin(), queue.queued.end(),
                                       [&](const QueuedMessage& item) { return item.id == id; });
    if (is_queued) continue;
    if (!is_recovery(*message) || message->dedup_key.empty()) {
      append(fresh, *message, now);
      continue;
    }
    std::vector<QueuedMessage> unsent = take_problem(queue.queued, message->dedup_key, now);
    for (QueuedMessage& item : take_problem(fresh, message->dedup_key, now))
      unsent.push_back(std::move(item));
    append(fresh, combined_recovery(unsent, *message), now);
  }
  return fresh;
}

// A message that follows another gives that one another try: else it had to wait as long.
void wake(std::vector<QueuedMessage>& queued, const std::vector<QueuedMessage>& fresh) {
  std::set<std::string_view> ordering_keys;
  for (const QueuedMessage& item : fresh) ordering_keys.emplace(ordering_key(item.message));
  for (QueuedMessage& item : queued) {
    if (is_digest(item.message) || ordering_keys.count(ordering_key(item.message)) != 0)
      item.not_before.reset();
  }
}

void take_in(const Config& config, ChannelQueue& queue, const std::vector<const Message*>& messages,
             Time now) {
  std::vector<QueuedMessage> fresh = fresh_of(queue, messages, now);
  if (fresh.empty()) return;
  wake(queue.queued, fresh);
  if (fresh.size() > static_cast<size_t>(config.notifications.digest_after))
    return append_storm(queue, std::move(fresh), now);
  for (QueuedMessage& item : fresh) queue.queued.push_back(std::move(item));
}

}  // namespace

std::vector<std::string> enqueue(const Config& config, Outbox& outbox,
                                 std::span<const Announcement> announcements, Time now) {
  std::vector<std::string> log = drop_unconfigured(config, outbox, announcements, now);
  for (const Channel& channel : config.notifications.channels) {
    if (!channel.enabled) continue;
    look_at_credentials(config, outbox, channel, now);
    const auto messages = messages_for(channel.name, announcements);
    if (messages.empty() && find_queue(outbox, channel.name) == nullptr) continue;
    ChannelQueue& queue = queue_of(outbox, channel.name);
    if (keeps_incidents(channel)) {
      for (const Message* message : messages) replace_or_append(queue.queued, *message, now);
    } else {
      take_in(config, queue, messages, now);
      digest_late(queue, now);
    }
  }
  return log;
}

}  // namespace hb
