#include "notify/outbox_results.hpp"

#include <algorithm>

#include "channels/provider_answer.hpp"
#include "config/channel_types.hpp"
#include "message/tone.hpp"
#include "notify/audience.hpp"
#include "notify/outbox_notices.hpp"
#include "notify/troubles.hpp"

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

// The troubles that the delivery was about.
std::vector<Trouble*> leased_as(ChannelQueue& queue, std::string_view id) {
  std::vector<Trouble*> out;
  for (Trouble& trouble : queue.troubles) {
    if (trouble.lease && trouble.lease->id == id) out.push_back(&trouble);
  }
  return out;
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
    const std::vector<Trouble*> troubles = leased_as(queue, result.id);
    if (troubles.empty()) return;
    if (result.answer.error != kNotSent) {
      const Received answer = received(config_, *channel, result.answer, now_);
      if (answer.result != DeliveryResult::accepted) out_.log.push_back(queue.channel + ": " + answer.words);
      take(queue, troubles, result.answer, answer);
      if (answer.result == DeliveryResult::accepted) return finish_accepted(queue, *channel, troubles);
    }
    for (Trouble* trouble : troubles) note_not_accepted(*trouble, *channel);
    forget_settled(queue);
  }

  RecordedResults finish() {
    for (const ChannelNotice& notice : notices_) notify_others(config_, outbox_, notice, now_);
    return std::move(out_);
  }

 private:
  void take(ChannelQueue& queue, const std::vector<Trouble*>& troubles, const Answer& answer,
            const Received& received) {
    const Time sent_at = troubles.front()->lease->since;
    for (Trouble* trouble : troubles) ++trouble->attempts;
    switch (received.result) {
      case DeliveryResult::accepted:
        return;
      case DeliveryResult::later:
        for (Trouble* trouble : troubles)
          trouble->may_be_accepted |= answer.status == kNoAnswer || answer.status == kGatewayTimeout;
        return put_off(queue, troubles, received, sent_at);
      case DeliveryResult::broken:
        return pause(queue, troubles, received, sent_at);
      case DeliveryResult::refused:
        return refuse(queue, troubles, received, sent_at);
    }
  }

  void finish_accepted(ChannelQueue& queue, const Channel& channel, const std::vector<Trouble*>& troubles) {
    out_.sent += 1;
    for (Trouble* trouble : troubles) note_accepted(*trouble, channel);
    forget_settled(queue);
    if (!queue.notice.empty()) notices_.push_back(repaired_notice(queue, now_));
    mark_healthy(queue);
  }

  // What the provider asks for holds for all of the channel.
  void put_off(ChannelQueue& queue, const std::vector<Trouble*>& troubles, const Received& answer,
               Time sent_at) {
    note_health(queue, ChannelHealth::failing, answer.words, now_);
    for (Trouble* trouble : troubles) trouble->not_before = sent_at + pause_after(trouble->attempts);
    if (queue.health == ChannelHealth::broken) queue.next_try = sent_at + kBrokenPause;
    if (answer.not_before) queue.next_try = std::max(queue.next_try.value_or(now_), *answer.not_before);
  }

  // When there is nothing to tell, it is tried ever more rarely.
  void pause(ChannelQueue& queue, const std::vector<Trouble*>& troubles, const Received& answer,
             Time sent_at) {
    note_health(queue, ChannelHealth::broken, answer.words, now_);
    queue.next_try = sent_at + kBrokenPause;
    for (Trouble* trouble : troubles) {
      if (is_proof(queue, *trouble)) trouble->not_before = sent_at + pause_after(trouble->attempts);
    }
    if (begins_notice(queue)) notices_.push_back(broken_notice(queue, now_));
  }

  // The text may be given up for a plainer one; what it says never is.
  void refuse(ChannelQueue& queue, const std::vector<Trouble*>& troubles, const Received& answer,
              Time sent_at) {
    if (queue.health == ChannelHealth::broken) queue.next_try = now_ + kBrokenPause;
    const Message* recovery = nullptr;
    bool is_given_up = false;
    for (Trouble* trouble : troubles) {
      if (++trouble->refusals == 1) continue;
      is_given_up = true;
      trouble->not_before = sent_at + pause_after(trouble->attempts);
      if (is_recovery(*trouble->wanted)) recovery = &*trouble->wanted;
    }
    if (!is_given_up) return;
    ++out_.failed;
    ++queue.failed;
    note_health(queue, ChannelHealth::refusing, answer.words, now_);
    if (recovery != nullptr && begins_notice(queue))
      notices_.push_back(refusal_notice(queue, *recovery, now_));
  }

  // The others are told once, until the channel works again.
  static bool begins_notice(ChannelQueue& queue) {
    if (!queue.notice.empty()) return false;
    queue.notice = notice_key(queue);
    return true;
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
                   .queued = waiting(*queue)});
  }
  return out;
}

}  // namespace hb
