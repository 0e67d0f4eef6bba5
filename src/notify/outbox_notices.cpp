#include "notify/outbox_notices.hpp"

#include "channels/provider_answer.hpp"
#include "config/channel_types.hpp"
#include "message/wording.hpp"
#include "notify/troubles.hpp"

namespace hb {
namespace {

ChannelNotice notice_about(const ChannelQueue& queue, Message message, Time now) {
  message.kind = MessageKind::notice;
  message.timestamp = now;
  message.dedup_key = queue.notice;
  return {queue.channel, std::move(message)};
}

}  // namespace

std::string notice_key(const ChannelQueue& queue) {
  return "channel:" + queue.channel + ":" + std::to_string(to_ms(queue.failing_since.value_or(Time{})));
}

ChannelNotice broken_notice(const ChannelQueue& queue, Time now) {
  return notice_about(
      queue,
      {.title = "The channel " + queue.channel + " is broken",
       .text = without_the_providers_words(queue.words) + ". Its messages wait until it is repaired.",
       .severity = "warning",
       .status = "firing"},
      now);
}

ChannelNotice refusal_notice(const ChannelQueue& queue, const Message& recovery, Time now) {
  return notice_about(
      queue,
      {.title = "The channel " + queue.channel + " refuses a recovery",
       .text = "It was not told: " + headline(recovery) + ". " + without_the_providers_words(queue.words) +
               ". It is tried again, once an hour at least.",
       .severity = "warning",
       .status = "firing"},
      now);
}

ChannelNotice repaired_notice(const ChannelQueue& queue, Time now) {
  return notice_about(
      queue,
      {.title = "The channel " + queue.channel + " works again", .severity = "info", .status = "resolved"},
      now);
}

void notify_others(const Config& config, Outbox& outbox, const ChannelNotice& notice, Time now) {
  const bool is_over = notice.message.status == "resolved";
  for (const Channel& channel : config.notifications.channels) {
    if (!channel.enabled || channel.name == notice.channel) continue;
    ChannelQueue& queue = queue_of(outbox, channel.name);
    if (is_over && find_trouble(queue, channel, notice.message) == nullptr) continue;
    // People do not have to hear that it works again; what they were not told yet, they are not told at all.
    const bool is_heard = !is_over || keeps_incidents(channel);
    const Relation relation = is_over ? Relation::continues : Relation::begins;
    want(queue, channel, {notice.message, is_heard ? relation : Relation::corrects}, now);
  }
}

void mark_healthy(ChannelQueue& queue) {
  queue.health = ChannelHealth::healthy;
  queue.failing_since.reset();
  queue.words.clear();
  queue.next_try.reset();
  queue.notice.clear();
}

}  // namespace hb
