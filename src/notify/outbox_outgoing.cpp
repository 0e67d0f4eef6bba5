#include "notify/outbox_outgoing.hpp"

#include <algorithm>
#include <functional>
#include <set>

#include "channels/send_of.hpp"
#include "config/channel_types.hpp"
#include "notify/outbox_digests.hpp"
#include "notify/trouble_words.hpp"
#include "notify/troubles.hpp"

namespace hb {
namespace {

constexpr Millis kLongestPause = 1h;

// A time to wait for that nobody can have asked for is damage.
bool has_come(const std::optional<Time>& time, Time now) {
  return !time || now >= *time || *time > now + kLongestPause + kAheadAllowed;
}

size_t most_sends(ChannelHealth health) {
  if (health == ChannelHealth::broken) return 1;
  const bool is_well = health == ChannelHealth::healthy || health == ChannelHealth::unset;
  return is_well ? kMostSends : kFailingSends;
}

// What one call tells: of one trouble, or of many.
struct Call {
  const Channel* channel;
  std::vector<Trouble*> troubles;
  Message message{};
  Form form = Form::full;
};

Form form_of(const Trouble& trouble) {
  return trouble.refusals == 0 ? Form::full : Form::plain;
}

// What was refused in both forms is told in the fewest words: its text may be what is refused. How long a problem
// lasted are the monitor's own words.
Message fewest_words(const Trouble& trouble) {
  Message message = *trouble.wanted;
  const bool has_own_words =
      message.kind == MessageKind::up && trouble.accepted && trouble.accepted->dedup_key == message.dedup_key;
  if (!has_own_words) message.text.clear();
  for (std::string* text :
       {&message.heartbeat_message, &message.metadata, &message.labels, &message.annotations, &message.url})
    text->clear();
  return message;
}

class ChannelRound {
 public:
  ChannelRound(const Config& config, const Channel& channel, ChannelQueue& queue,
               const UtcOffsets& utc_offset, Time now)
      : config_(config), channel_(channel), queue_(queue), utc_offset_(utc_offset), now_(now) {}

  // What may go together, in its order.
  std::vector<Call> run() {
    if (!has_come(queue_.next_try, now_)) return {};
    std::vector<Trouble*> due = keeps_incidents(channel_) ? due_incidents() : due_troubles();
    std::vector<Call> out;
    if (!keeps_incidents(channel_)) take_digest(due, out);
    for (Trouble* trouble : due) out.push_back(alone(*trouble));
    if (out.size() > most_sends(queue_.health)) out.resize(most_sends(queue_.health));
    return out;
  }

 private:
  bool is_due(const Trouble& trouble) const {
    return trouble.wanted && !trouble.lease && has_come(trouble.not_before, now_);
  }

  // Incidents of one service follow each other.
  std::vector<Trouble*> due_incidents() {
    std::vector<Trouble*> out;
    std::set<std::string_view> ordering_keys;
    for (Trouble& trouble : queue_.troubles) {
      if (!trouble.wanted) continue;
      const bool is_first = ordering_keys.insert(ordering_key(*trouble.wanted)).second;
      if (is_first && is_due(trouble)) out.push_back(&trouble);
    }
    return out;
  }

  // Behind a digest that waits nothing goes until it is accepted: it is of what was before.
  std::vector<Trouble*> due_troubles() {
    std::vector<Trouble*> out;
    for (Trouble& trouble : queue_.troubles) {
      const bool is_waiting_digest = trouble.wanted && is_digest(*trouble.wanted);
      if (is_waiting_digest) return is_due(trouble) ? std::vector{&trouble} : std::vector<Trouble*>{};
      if (is_due(trouble)) out.push_back(&trouble);
    }
    return out;
  }

  // Those that one digest stands for leave `due`. What was refused twice goes alone, so that nothing else is
  // refused with it.
  void take_digest(std::vector<Trouble*>& due, std::vector<Call>& out) const {
    const auto is_alone = [](const Trouble* trouble) {
      return trouble->refusals > 1 || is_digest(*trouble->wanted);
    };
    const auto rest = std::stable_partition(due.begin(), due.end(), std::not_fn(is_alone));
    std::vector<Trouble*> many(due.begin(), rest);
    const bool is_any_late = std::any_of(many.begin(), many.end(),
                                         [&](const Trouble* trouble) { return is_late(*trouble, now_); });
    if (many.size() <= static_cast<size_t>(config_.notifications.digest_after) && !is_any_late) return;
    due.erase(due.begin(), rest);
    const bool was_refused =
        std::any_of(many.begin(), many.end(), [](const Trouble* trouble) { return trouble->refusals > 0; });
    out.push_back({.channel = &channel_,
                   .troubles = many,
                   .message = digest_of(channel_.name, many, utc_offset_, now_),
                   .form = was_refused ? Form::plain : Form::full});
  }

  Call alone(Trouble& trouble) const {
    Message message = trouble.refusals > 1 ? fewest_words(trouble) : *trouble.wanted;
    return {.channel = &channel_,
            .troubles = {&trouble},
            .message = worded(std::move(message), trouble.accepted, utc_offset_),
            .form = form_of(trouble)};
  }

  const Config& config_;
  const Channel& channel_;
  ChannelQueue& queue_;
  const UtcOffsets& utc_offset_;
  Time now_;
};

using Line = std::vector<Call>;  // of one channel

std::vector<Line> lines_of(const Config& config, Outbox& outbox, const UtcOffsets& utc_offset, Time now) {
  std::vector<Line> lines;
  for (const Channel& channel : config.notifications.channels) {
    const bool is_there = channel.enabled && find_queue(outbox, channel.name) != nullptr;
    if (!is_there) continue;
    ChannelQueue& queue = queue_of(outbox, channel.name);
    put_in_order(queue, channel, now);
    if (!channel_fault(config, channel))
      lines.push_back(ChannelRound(config, channel, queue, utc_offset, now).run());
  }
  return lines;
}

// Digests, then the first of every channel, then the second of every channel, and so on.
std::vector<Call> in_turn(std::vector<Line> lines) {
  std::vector<Call> out;
  size_t longest = 0;
  for (Line& line : lines) {
    longest = std::max(longest, line.size());
    for (Call& delivery : line) {
      if (is_digest(delivery.message)) out.push_back(delivery);
    }
  }
  for (size_t i = 0; i < longest && out.size() < kMostSends; ++i) {
    for (Line& line : lines) {
      if (i < line.size() && !is_digest(line[i].message)) out.push_back(line[i]);
    }
  }
  if (out.size() > kMostSends) out.resize(kMostSends);
  return out;
}

// What does not leave now must not grow for ever.
void bound(const Channel& channel, Outbox& outbox, const UtcOffsets& utc_offset, Time now) {
  if (find_queue(outbox, channel.name) == nullptr) return;
  ChannelQueue& queue = queue_of(outbox, channel.name);
  if (!keeps_incidents(channel)) fold(queue, utc_offset, now);
  shorten(queue);
}

void lease_all(const Call& delivery, const std::string& id, Time now) {
  for (Trouble* trouble : delivery.troubles) trouble->lease = Lease{id, now};
}

}  // namespace

std::vector<Outgoing> outgoing(const Config& config, Outbox& outbox, const UtcOffsets& utc_offset, Time now) {
  std::vector<Outgoing> out;
  for (const Call& delivery : in_turn(lines_of(config, outbox, utc_offset, now))) {
    auto made = send_of(config, *delivery.channel, delivery.message,
                        {.at = now, .utc_offset = utc_offset, .form = delivery.form});
    auto* send = std::get_if<Send>(&made);
    if (send == nullptr) continue;
    const std::string id = message_id(delivery.message);
    lease_all(delivery, id, now);
    out.push_back({delivery.channel->name, id, std::move(*send)});
  }
  for (const Channel& channel : config.notifications.channels) {
    if (channel.enabled) bound(channel, outbox, utc_offset, now);
  }
  return out;
}

}  // namespace hb
