#include "notify/outbox_queue.hpp"

#include <algorithm>

#include "message/tone.hpp"

namespace hb {
namespace {

bool is_bad(std::string_view status) {
  return status == "down" || status == "degraded";
}

// Only an answer shows that it did not arrive.
bool may_be_delivered(const QueuedMessage& item) {
  return item.may_be_delivered || item.in_flight_since.has_value();
}

template <class Match>
auto last_that(std::vector<QueuedMessage>& queued, Match match) {
  const auto found = std::find_if(queued.rbegin(), queued.rend(), match);
  return found == queued.rend() ? queued.end() : std::prev(found.base());
}

}  // namespace

bool is_first_word(const Message& message) {
  const bool is_change = message.kind == MessageKind::down || message.kind == MessageKind::degraded;
  return is_change && !is_bad(message.previous);
}

bool is_in_flight(const QueuedMessage& item, Time now) {
  return item.in_flight_since && now < *item.in_flight_since + kLeaseDuration &&
         is_plausible(*item.in_flight_since, now);
}

void replace_or_append(std::vector<QueuedMessage>& queued, Message message, Time now) {
  const auto before = last_that(queued, [&](const QueuedMessage& item) {
    return item.message.dedup_key == message.dedup_key && !is_in_flight(item, now);
  });
  if (before == queued.end()) return append(queued, std::move(message), now);
  const bool is_known = may_be_delivered(*before);
  if (is_recovery(message) && is_first_word(before->message) && !is_known) {
    queued.erase(before);
    return;
  }
  if (before->id == message_id(message)) return;
  *before = queued_message(std::move(message), now);
  before->may_be_delivered = is_known;
}

void append(std::vector<QueuedMessage>& queued, Message message, Time now) {
  QueuedMessage item = queued_message(std::move(message), now);
  const auto is_same = [&](const QueuedMessage& other) { return other.id == item.id; };
  if (std::none_of(queued.begin(), queued.end(), is_same)) queued.push_back(std::move(item));
}

void mark_healthy(ChannelQueue& queue) {
  queue.health = ChannelHealth::healthy;
  queue.failing_since.reset();
  queue.words.clear();
  queue.next_try.reset();
}

}  // namespace hb
