#include "notify/outbox_settle.hpp"

#include <algorithm>

#include "channels/provider_answer.hpp"
#include "config/channel_types.hpp"
#include "notify/outbox_notices.hpp"
#include "notify/outbox_queue.hpp"

namespace hb {
namespace {

constexpr Millis kFirstPause = 1min;
constexpr int kMostDoublings = 6;  // an hour
constexpr int kNoAnswer = 0;
constexpr int kGatewayTimeout = 504;

// 1 min after the first attempt, 2 min after the second, up to an hour.
Millis pause_after(int attempts) {
  const int doublings = std::clamp(attempts - 1, 0, kMostDoublings);
  return std::min<Millis>(kFirstPause * (1 << doublings), 1h);
}

void note_trouble(ChannelQueue& queue, Trouble trouble, const std::string& words, Time now) {
  if (queue.trouble != Trouble::broken) queue.trouble = trouble;
  if (!queue.failing_since) queue.failing_since = now;
  queue.words = words;
}

// Settles the answers one by one.
class Settling {
 public:
  Settling(const Config& config, Outbox& outbox, Time now) : config_(config), outbox_(outbox), now_(now) {}

  void settle(const Result& result) {
    const Channel* channel = channel_of(config_, result.channel);
    if (channel == nullptr || find_queue(outbox_, result.channel) == nullptr) return;
    ChannelQueue& queue = queue_of(outbox_, result.channel);
    const auto item = std::find_if(queue.waiting.begin(), queue.waiting.end(),
                                   [&](const Waiting& one) { return one.id == result.id; });
    if (item == queue.waiting.end()) return;
    if (result.answer.error == kNotSent) return item->under_way.reset();
    const Received answer = received(config_, *channel, result.answer, now_);
    const Time sent_at = item->under_way.value_or(now_);
    item->under_way.reset();
    ++item->attempts;
    if (answer.reception != Reception::accepted) out_.log.push_back(queue.channel + ": " + answer.words);
    switch (answer.reception) {
      case Reception::accepted:
        return accept(queue, item);
      case Reception::later:
        item->may_be_told |= result.answer.status == kNoAnswer || result.answer.status == kGatewayTimeout;
        return put_off(queue, *item, answer, sent_at);
      case Reception::broken:
        return pause(queue, answer, sent_at);
      case Reception::refused:
        return refuse(queue, item, answer);
    }
  }

  Settled finish() {
    for (const ChannelNotice& notice : notices_) tell_others(config_, outbox_, notice, now_);
    return std::move(out_);
  }

 private:
  using Place = std::vector<Waiting>::iterator;

  void accept(ChannelQueue& queue, Place item) {
    ++out_.sent;
    if (queue.trouble == Trouble::broken) notices_.push_back(healed_notice(queue, now_));
    heal(queue);
    queue.waiting.erase(item);
  }

  // What the provider asks for holds for all of the channel.
  void put_off(ChannelQueue& queue, Waiting& item, const Received& answer, Time sent_at) {
    note_trouble(queue, Trouble::failing, answer.words, now_);
    item.not_before = sent_at + pause_after(item.attempts);
    if (queue.trouble == Trouble::broken) queue.next_try = sent_at + kBrokenPause;
    if (answer.not_before) queue.next_try = std::max(queue.next_try.value_or(now_), *answer.not_before);
  }

  void pause(ChannelQueue& queue, const Received& answer, Time sent_at) {
    const bool is_news = queue.trouble != Trouble::broken;
    note_trouble(queue, Trouble::broken, answer.words, now_);
    queue.next_try = sent_at + kBrokenPause;
    if (is_news) notices_.push_back(broken_notice(queue, now_));
  }

  void refuse(ChannelQueue& queue, Place item, const Received& answer) {
    if (queue.trouble == Trouble::broken) queue.next_try = now_ + kBrokenPause;
    if (item->form == Form::full) {
      item->form = Form::plain;
      return;
    }
    ++out_.failed;
    ++queue.failed;
    note_trouble(queue, Trouble::refusing, answer.words, now_);
    queue.waiting.erase(item);
  }

  const Config& config_;
  Outbox& outbox_;
  Time now_;
  Settled out_{};
  std::vector<ChannelNotice> notices_{};
};

}  // namespace

Settled settle(const Config& config, Outbox& outbox, std::span<const Result> results, Time now) {
  Settling settling(config, outbox, now);
  for (const Result& result : results) settling.settle(result);
  return settling.finish();
}

std::vector<ChannelFault> faults(const Config& config, const Outbox& outbox) {
  std::vector<ChannelFault> out;
  for (const Channel& channel : config.notifications.channels) {
    if (!channel.enabled) continue;
    static const ChannelQueue kNone;
    const ChannelQueue* queue = find_queue(outbox, channel.name);
    if (queue == nullptr) queue = &kNone;
    const auto fault = channel_fault(config, channel);
    const bool was_unset = queue->trouble == Trouble::unset;
    if (!fault && (queue->trouble == Trouble::none || was_unset)) continue;
    out.push_back({.channel = channel.name,
                   .failing_since = queue->failing_since,
                   .words = fault.value_or(queue->words),
                   .failed = queue->failed,
                   .waiting = queue->waiting.size()});
  }
  return out;
}

}  // namespace hb
