#include "notify/outbox_results.hpp"

#include <algorithm>

#include "channels/provider_answer.hpp"
#include "config/channel_types.hpp"
#include "notify/audience.hpp"
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

void note_health(ChannelQueue& queue, ChannelHealth health, const std::string& words, Time now) {
  if (queue.health != ChannelHealth::broken) queue.health = health;
  if (!queue.failing_since) queue.failing_since = now;
  queue.words = words;
}

// Records the results one by one.
class ResultRecorder {
 public:
  ResultRecorder(const Config& config, Outbox& outbox, Time now)
      : config_(config), outbox_(outbox), now_(now) {}

  void record(const Result& result) {
    const Channel* channel = find_channel(config_, result.channel);
    if (channel == nullptr || find_queue(outbox_, result.channel) == nullptr) return;
    ChannelQueue& queue = queue_of(outbox_, result.channel);
    const auto item = std::find_if(queue.queued.begin(), queue.queued.end(),
                                   [&](const QueuedMessage& one) { return one.id == result.id; });
    if (item == queue.queued.end()) return;
    if (result.answer.error == kNotSent) return item->in_flight_since.reset();
    const Received answer = received(config_, *channel, result.answer, now_);
    const Time sent_at = item->in_flight_since.value_or(now_);
    item->in_flight_since.reset();
    ++item->attempts;
    if (answer.result != DeliveryResult::accepted) out_.log.push_back(queue.channel + ": " + answer.words);
    switch (answer.result) {
      case DeliveryResult::accepted:
        return accept(queue, item);
      case DeliveryResult::later:
        item->may_be_delivered |=
            result.answer.status == kNoAnswer || result.answer.status == kGatewayTimeout;
        return put_off(queue, *item, answer, sent_at);
      case DeliveryResult::broken:
        return pause(queue, answer, sent_at);
      case DeliveryResult::refused:
        return refuse(queue, item, answer);
    }
  }

  RecordedResults finish() {
    for (const ChannelNotice& notice : notices_) notify_others(config_, outbox_, notice, now_);
    return std::move(out_);
  }

 private:
  using Position = std::vector<QueuedMessage>::iterator;

  void accept(ChannelQueue& queue, Position item) {
    ++out_.sent;
    if (queue.health == ChannelHealth::broken) notices_.push_back(repaired_notice(queue, now_));
    mark_healthy(queue);
    queue.queued.erase(item);
  }

  // What the provider asks for holds for all of the channel.
  void put_off(ChannelQueue& queue, QueuedMessage& item, const Received& answer, Time sent_at) {
    note_health(queue, ChannelHealth::failing, answer.words, now_);
    item.not_before = sent_at + pause_after(item.attempts);
    if (queue.health == ChannelHealth::broken) queue.next_try = sent_at + kBrokenPause;
    if (answer.not_before) queue.next_try = std::max(queue.next_try.value_or(now_), *answer.not_before);
  }

  void pause(ChannelQueue& queue, const Received& answer, Time sent_at) {
    const bool is_new = queue.health != ChannelHealth::broken;
    note_health(queue, ChannelHealth::broken, answer.words, now_);
    queue.next_try = sent_at + kBrokenPause;
    if (is_new) notices_.push_back(broken_notice(queue, now_));
  }

  void refuse(ChannelQueue& queue, Position item, const Received& answer) {
    if (queue.health == ChannelHealth::broken) queue.next_try = now_ + kBrokenPause;
    if (item->form == Form::full) {
      item->form = Form::plain;
      return;
    }
    ++out_.failed;
    ++queue.failed;
    note_health(queue, ChannelHealth::refusing, answer.words, now_);
    queue.queued.erase(item);
  }

  const Config& config_;
  Outbox& outbox_;
  Time now_;
  RecordedResults out_{};
  std::vector<ChannelNotice> notices_{};
};

}  // namespace

RecordedResults record_results(const Config& config, Outbox& outbox, std::span<const Result> results,
                               Time now) {
  ResultRecorder recorder(config, outbox, now);
  for (const Result& result : results) recorder.record(result);
  return recorder.finish();
}

std::vector<ChannelFault> faults(const Config& config, const Outbox& outbox) {
  std::vector<ChannelFault> out;
  for (const Channel& channel : config.notifications.channels) {
    if (!channel.enabled) continue;
    static const ChannelQueue kNone;
    const ChannelQueue* queue = find_queue(outbox, channel.name);
    if (queue == nullptr) queue = &kNone;
    const auto fault = channel_fault(config, channel);
    const bool was_unset = queue->health == ChannelHealth::unset;
    if (!fault && (queue->health == ChannelHealth::healthy || was_unset)) continue;
    out.push_back({.channel = channel.name,
                   .failing_since = queue->failing_since,
                   .words = fault.value_or(queue->words),
                   .failed = queue->failed,
                   .queued = queue->queued.size()});
  }
  return out;
}

}  // namespace hb
