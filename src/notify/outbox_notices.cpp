#include "notify/outbox_notices.hpp"

#include "channels/provider_answer.hpp"
#include "config/channel_types.hpp"
#include "message/tone.hpp"
#include "notify/outbox_queue.hpp"

namespace hb {
namespace {

std::string broken_key(const ChannelQueue& queue) {
  return "channel:" + queue.channel + ":" + std::to_string(to_ms(queue.failing_since.value_or(Time{})));
}

}  // namespace

ChannelNotice broken_notice(const ChannelQueue& queue, Time now) {
  return {queue.channel,
          {.kind = MessageKind::notice,
           .title = "The channel " + queue.channel + " is broken",
           .text = without_the_providers_words(queue.words) + ". Its messages wait until it is repaired.",
           .severity = "warning",
           .status = "firing",
           .timestamp = now,
           .dedup_key = broken_key(queue)}};
}

ChannelNotice repaired_notice(const ChannelQueue& queue, Time now) {
  return {queue.channel,
          {.kind = MessageKind::notice,
           .title = "The channel " + queue.channel + " works again",
           .severity = "info",
           .status = "resolved",
           .timestamp = now,
           .dedup_key = broken_key(queue)}};
}

void notify_others(const Config& config, Outbox& outbox, const ChannelNotice& notice, Time now) {
  for (const Channel& channel : config.notifications.channels) {
    if (!channel.enabled || channel.name == notice.channel) continue;
    if (keeps_incidents(channel)) {
      replace_or_append(queue_of(outbox, channel.name).queued, notice.message, now);
    } else if (!is_recovery(notice.message)) {
      append(queue_of(outbox, channel.name).queued, notice.message, now);
    }
  }
}

}  // namespace hb
