#include "notify/outbox_notices.hpp"

#include <algorithm>

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

Trouble* find_told(Outbox& outbox, const Channel& channel, const ChannelNotice& notice) {
  if (find_queue(outbox, channel.name) == nullptr) return nullptr;
  return find_trouble(queue_of(outbox, channel.name), channel, notice.message);
}

// To who does not know of the beginning, or does not take recoveries, it only sets right what is not accepted yet.
Relation relation_of_end(const Channel& channel, const Trouble& trouble) {
  const bool may_know = trouble.accepted || trouble.may_be_accepted || trouble.lease;
  const bool is_taken = channel.events.up || keeps_incidents(channel);
  return may_know && is_taken ? Relation::continues : Relation::corrects;
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
    if (channel.name == notice.channel) continue;
    // Also one that is disabled for a while: it hears of the end when it is there again.
    const Trouble* known = is_over ? find_told(outbox, channel, notice) : nullptr;
    if (is_over ? known == nullptr : !channel.enabled) continue;
    const Relation relation = is_over ? relation_of_end(channel, *known) : Relation::begins;
    want(queue_of(outbox, channel.name), channel, {notice.message, relation}, now);
  }
}

void mark_healthy(ChannelQueue& queue) {
  forget_proof(queue);
  queue.health = ChannelHealth::healthy;
  queue.failing_since.reset();
  queue.words.clear();
  queue.next_try.reset();
  queue.notice.clear();
}

bool is_proof(const ChannelQueue& queue, const Trouble& trouble) {
  return !queue.notice.empty() && trouble.key == queue.notice;
}

void want_proof(ChannelQueue& queue, Time now) {
  const auto proof = std::find_if(queue.troubles.begin(), queue.troubles.end(),
                                  [&](const Trouble& trouble) { return is_proof(queue, trouble); });
  const bool is_there = proof != queue.troubles.end();
  const size_t others = waiting(queue) - (is_there ? 1 : 0);
  if (is_there && others > 0 && !proof->lease) return forget_proof(queue);
  if (queue.notice.empty() || is_there || others > 0) return;
  Message message = repaired_notice(queue, now).message;
  message.text = "It took no message since " + humanized_time(queue.failing_since.value_or(now));
  queue.troubles.push_back({.key = queue.notice, .wanted = std::move(message), .wanted_since = now});
}

void forget_proof(ChannelQueue& queue) {
  std::erase_if(queue.troubles, [&](const Trouble& trouble) { return is_proof(queue, trouble); });
}

}  // namespace hb
