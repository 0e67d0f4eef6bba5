#include "notify/outbox_queue.hpp"

#include <algorithm>

#include "message/tone.hpp"

namespace hb {
namespace {

bool is_bad(std::string_view status) {
  return status == "down" || status == "degraded";
}

// Only an answer tells that it did not arrive.
bool may_be_told(const Waiting& item) {
  return item.may_be_told || item.under_way.has_value();
}

template <class Match>
auto last_that(std::vector<Waiting>& waiting, Match match) {
  const auto found = std::find_if(waiting.rbegin(), waiting.rend(), match);
  return found == waiting.rend() ? waiting.end() : std::prev(found.base());
}

}  // namespace

bool is_first_word(const Message& message) {
  const bool is_change = message.kind == MessageKind::down || message.kind == MessageKind::degraded;
  return is_change && !is_bad(message.previous);
}

bool is_under_way(const Waiting& item, Time now) {
  return item.under_way && now < *item.under_way + kUnderWay && is_believable(*item.under_way, now);
}

const Channel* channel_of(const Config& config, std::string_view name) {
  for (const Channel& channel : config.notifications.channels) {
    if (channel.name == name && channel.enabled) return &channel;
  }
  return nullptr;
}

void pace(std::vector<Waiting>& waiting, Message message, Time now) {
  const auto before = last_that(waiting, [&](const Waiting& item) {
    return item.message.dedup_key == message.dedup_key && !is_under_way(item, now);
  });
  if (before == waiting.end()) return append(waiting, std::move(message), now);
  const bool is_known = may_be_told(*before);
  if (is_recovery(message) && is_first_word(before->message) && !is_known) {
    waiting.erase(before);
    return;
  }
  if (before->id == message_id(message)) return;
  *before = waiting_of(std::move(message), now);
  before->may_be_told = is_known;
}

void append(std::vector<Waiting>& waiting, Message message, Time now) {
  Waiting item = waiting_of(std::move(message), now);
  const auto is_same = [&](const Waiting& other) { return other.id == item.id; };
  if (std::none_of(waiting.begin(), waiting.end(), is_same)) waiting.push_back(std::move(item));
}

void heal(ChannelQueue& queue) {
  queue.trouble = Trouble::none;
  queue.failing_since.reset();
  queue.words.clear();
  queue.next_try.reset();
}

}  // namespace hb
