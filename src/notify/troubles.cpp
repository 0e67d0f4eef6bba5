#include "notify/troubles.hpp"

#include <algorithm>

#include "config/channel_types.hpp"
#include "message/tone.hpp"
#include "notify/trouble_words.hpp"

namespace hb {
namespace {

// So many troubles are remembered that are told and not over. Of one that was forgotten the end is told all
// the same.
constexpr size_t kMostRemembered = 200;

std::string trouble_key(const Channel& channel, const Message& message) {
  return keeps_incidents(channel) ? message.dedup_key : std::string(ordering_key(message));
}

Trouble* find_by_key(std::vector<Trouble>& troubles, std::string_view key) {
  const auto found = std::find_if(troubles.begin(), troubles.end(),
                                  [&](const Trouble& trouble) { return trouble.key == key; });
  return found == troubles.end() ? nullptr : &*found;
}

// What a channel accepted of which nothing is remembered, when the message goes on with it.
std::optional<Accepted> presumed(const LaterMessage& next) {
  if (next.relation != Relation::continues) return std::nullopt;
  const Message& message = next.message;
  return Accepted{.status = message.previous.empty() ? "firing" : message.previous,
                  .dedup_key = message.dedup_key};
}

void clear_wanted(Trouble& trouble) {
  trouble.wanted.reset();
  trouble.wanted_since.reset();
  trouble.attempts = 0;
  trouble.refusals = 0;
  trouble.not_before.reset();
  trouble.lease.reset();
  trouble.may_be_accepted = false;
}

// A later message gives the trouble another try at once, in full.
void set_wanted(Trouble& trouble, Message message) {
  if (!trouble.wanted_since) trouble.wanted_since = message.timestamp;
  trouble.wanted = std::move(message);
  trouble.attempts = 0;
  trouble.refusals = 0;
  trouble.not_before.reset();
}

// Whether nobody has to hear it, since nobody has heard what it sets right.
bool is_needless(const Trouble& trouble, const Channel& channel, const LaterMessage& next) {
  if (keeps_incidents(channel) && is_recovery(next.message))
    return !trouble.accepted && !trouble.may_be_accepted;
  return next.relation == Relation::corrects && next.message.outages.empty();
}

void take_in(Trouble& trouble, const Channel& channel, LaterMessage next) {
  note_end(trouble.accepted, next.message);
  const bool is_end_untold = next.relation == Relation::corrects && is_recovery(next.message);
  if (!trouble.wanted) {
    if (is_end_untold) trouble.accepted.reset();
    if (next.relation != Relation::corrects) set_wanted(trouble, std::move(next.message));
    return;
  }
  if (message_id(*trouble.wanted) == message_id(next.message)) return;
  next.message = in_place_of(*trouble.wanted, std::move(next.message), trouble.accepted);
  if (!is_needless(trouble, channel, next)) return set_wanted(trouble, std::move(next.message));
  clear_wanted(trouble);
  if (is_end_untold) trouble.accepted.reset();
}

void take_in_later(Trouble& trouble, const Channel& channel) {
  for (LaterMessage& next : std::exchange(trouble.later, {})) take_in(trouble, channel, std::move(next));
}

// As an earlier version kept no relation: by what the message says.
Relation relation_of(const Message& message) {
  const bool is_change = message.kind == MessageKind::down || message.kind == MessageKind::degraded;
  const bool was_bad = is_problem(status_named(message.previous).value_or(Status::unknown));
  if (is_change && !was_bad) return Relation::begins;
  const bool is_of_a_service = !message.service_id.empty() && message.kind != MessageKind::notice;
  return is_of_a_service || is_recovery(message) ? Relation::continues : Relation::begins;
}

// Joins a trouble into the one that is there already.
void join_into(Trouble& trouble, const Channel& channel, Trouble other) {
  trouble.may_be_accepted |= other.may_be_accepted || other.lease.has_value();
  if (!trouble.accepted) trouble.accepted = std::move(other.accepted);
  if (other.wanted) trouble.later.push_back({*std::move(other.wanted), Relation::continues});
  for (LaterMessage& next : other.later) trouble.later.push_back(std::move(next));
  if (!trouble.lease) take_in_later(trouble, channel);
}

bool is_in_order(const std::vector<Trouble>& troubles) {
  std::vector<std::string_view> keys;
  keys.reserve(troubles.size());
  for (const Trouble& trouble : troubles) keys.push_back(trouble.key);
  std::sort(keys.begin(), keys.end());
  const bool is_new = keys.empty() || !keys.front().empty();
  return is_new && std::adjacent_find(keys.begin(), keys.end()) == keys.end();
}

void join_same(ChannelQueue& queue, const Channel& channel) {
  if (is_in_order(queue.troubles)) return;
  for (Trouble& trouble : std::exchange(queue.troubles, {})) {
    const bool is_old = trouble.key.empty();
    if (is_old) trouble.key = trouble_key(channel, *trouble.wanted);
    Trouble* same = find_by_key(queue.troubles, trouble.key);
    if (same == nullptr) {
      if (is_old) trouble.accepted = presumed({*trouble.wanted, relation_of(*trouble.wanted)});
      queue.troubles.push_back(std::move(trouble));
    } else {
      join_into(*same, channel, std::move(trouble));
    }
  }
}

void forget_oldest(std::vector<Trouble>& troubles) {
  const auto is_told = [](const Trouble& trouble) { return !trouble.wanted; };
  auto told = static_cast<size_t>(std::count_if(troubles.begin(), troubles.end(), is_told));
  std::erase_if(troubles, [&](const Trouble& trouble) {
    return is_told(trouble) && told > kMostRemembered && told-- > 0;
  });
}

}  // namespace

bool is_in_flight(const Trouble& trouble, Time now) {
  return trouble.lease && now < trouble.lease->since + kLeaseDuration &&
         is_plausible(trouble.lease->since, now);
}

Trouble* find_trouble(ChannelQueue& queue, const Channel& channel, const Message& message) {
  return find_by_key(queue.troubles, trouble_key(channel, message));
}

void want(ChannelQueue& queue, const Channel& channel, LaterMessage next, Time now) {
  Trouble* trouble = find_trouble(queue, channel, next.message);
  if (trouble == nullptr) {
    if (next.relation == Relation::corrects) return;
    queue.troubles.push_back(
        {.key = trouble_key(channel, next.message), .accepted = presumed(next), .wanted_since = now});
    return set_wanted(queue.troubles.back(), std::move(next.message));
  }
  if (trouble->lease) {
    trouble->later.push_back(std::move(next));
    return;
  }
  if (!trouble->wanted) trouble->wanted_since = now;
  take_in(*trouble, channel, std::move(next));
  if (trouble->wanted) return;
  trouble->wanted_since.reset();
  forget_settled(queue);
}

void note_accepted(Trouble& trouble, const Channel& channel) {
  if (trouble.wanted) trouble.accepted = accepted_of(*trouble.wanted);
  clear_wanted(trouble);
  take_in_later(trouble, channel);
}

void note_not_accepted(Trouble& trouble, const Channel& channel) {
  trouble.lease.reset();
  take_in_later(trouble, channel);
}

void put_in_order(ChannelQueue& queue, const Channel& channel, Time now) {
  join_same(queue, channel);
  for (Trouble& trouble : queue.troubles) {
    if (!trouble.lease || is_in_flight(trouble, now)) continue;
    trouble.may_be_accepted = true;
    note_not_accepted(trouble, channel);
  }
  forget_settled(queue);
}

void forget_settled(ChannelQueue& queue) {
  std::erase_if(queue.troubles, [](const Trouble& trouble) { return !trouble.wanted && !trouble.accepted; });
  forget_oldest(queue.troubles);
}

}  // namespace hb
