#include "notify/outbox_enqueue.hpp"

#include <algorithm>
#include <map>

#include "config/channel_types.hpp"
#include "notify/audience.hpp"
#include "notify/outbox_notices.hpp"
#include "notify/troubles.hpp"

namespace hb {
namespace {

// So long a channel that is not configured any more may come back, and be told the end of what it knows.
constexpr Millis kGoneFor = 7 * 24h;

std::string dropped(const std::string& channel, size_t count) {
  return channel + " is not configured any more: " + std::to_string(count) +
         (count == 1 ? " message for it is dropped" : " messages for it are dropped");
}

class Enqueuer {
 public:
  Enqueuer(const Config& config, Outbox& outbox, Time now) : config_(config), outbox_(outbox), now_(now) {}

  std::vector<std::string> run(std::span<const Announcement> announcements) {
    for (const Channel& channel : config_.notifications.channels) {
      if (channel.enabled) open(channel);
    }
    for (const Announcement& announcement : announcements) take_in(announcement);
    leave_gone_channels();
    for (ChannelQueue& queue : outbox_.channels) {
      if (!queue.gone_since) want_proof(queue, now_);
    }
    std::vector<std::string> out;
    for (const auto& [channel, count] : dropped_) out.push_back(dropped(channel, count));
    return out;
  }

 private:
  void open(const Channel& channel) {
    look_at_credentials(channel);
    if (find_queue(outbox_, channel.name) == nullptr) return;
    ChannelQueue& queue = queue_of(outbox_, channel.name);
    queue.gone_since.reset();
    put_in_order(queue, channel, now_);
  }

  void look_at_credentials(const Channel& channel) {
    auto fault = channel_fault(config_, channel);
    if (!fault) {
      const ChannelQueue* queue = find_queue(outbox_, channel.name);
      if (queue != nullptr && queue->health == ChannelHealth::unset)
        mark_healthy(queue_of(outbox_, channel.name));
      return;
    }
    ChannelQueue& queue = queue_of(outbox_, channel.name);
    // A broken one was announced: that ends when the provider accepts a message again.
    if (queue.health != ChannelHealth::broken) queue.health = ChannelHealth::unset;
    queue.words = *std::move(fault);
    queue.next_try.reset();
    if (!queue.failing_since) queue.failing_since = now_;
  }

  void take_in(const Announcement& announcement) {
    const LaterMessage next{announcement.message, announcement.relation};
    const Channel* channel = find_channel(config_, announcement.channel);
    if (channel != nullptr) return want(queue_of(outbox_, announcement.channel), *channel, next, now_);
    const bool is_news = announcement.relation != Relation::corrects;
    if (!correct_what_a_gone_one_knows(announcement) && is_news) ++dropped_[announcement.channel];
  }

  // A channel that is disabled for a while has to hear of the end of what it knows when it is there again.
  bool correct_what_a_gone_one_knows(const Announcement& announcement) {
    const Channel* channel = configured_channel(config_, announcement.channel);
    if (channel == nullptr || find_queue(outbox_, announcement.channel) == nullptr) return false;
    ChannelQueue& queue = queue_of(outbox_, announcement.channel);
    const Trouble* known = find_trouble(queue, *channel, announcement.message);
    if (known == nullptr || !may_know(*known)) return false;
    want(queue, *channel, {announcement.message, announcement.relation}, now_);
    return true;
  }

  static bool may_know(const Trouble& trouble) {
    return trouble.accepted || trouble.may_be_accepted || trouble.lease;
  }

  void leave_gone_channels() {
    std::vector<ChannelNotice> over;
    for (ChannelQueue& queue : outbox_.channels) {
      if (find_channel(config_, queue.channel) != nullptr) continue;
      if (!queue.notice.empty()) over.push_back(repaired_notice(queue, now_));
      leave(queue);
    }
    std::erase_if(outbox_.channels, [&](const ChannelQueue& queue) {
      const bool is_gone = queue.gone_since.has_value();
      return is_gone && (queue.troubles.empty() || now_ >= *queue.gone_since + kGoneFor);
    });
    for (const ChannelNotice& notice : over) notify_others(config_, outbox_, notice, now_);
  }

  // What it cannot have accepted is dropped.
  void leave(ChannelQueue& queue) {
    forget_proof(queue);
    const size_t count =
        std::erase_if(queue.troubles, [](const Trouble& trouble) { return !may_know(trouble); });
    if (count > 0) dropped_[queue.channel] += count;
    const Time since = queue.gone_since.value_or(now_);
    queue = {.channel = queue.channel, .troubles = std::move(queue.troubles), .gone_since = since};
  }

  const Config& config_;
  Outbox& outbox_;
  Time now_;
  std::map<std::string, size_t> dropped_{};
};

}  // namespace

std::vector<std::string> enqueue(const Config& config, Outbox& outbox,
                                 std::span<const Announcement> announcements, Time now) {
  return Enqueuer(config, outbox, now).run(announcements);
}

}  // namespace hb
