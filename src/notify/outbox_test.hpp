// What the tests of the outbox share: rounds of delivery, with providers that answer as they are told to.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "message/message_test.hpp"
#include "message/wording.hpp"
#include "notify/outbox_enqueue.hpp"
#include "notify/outbox_outgoing.hpp"
#include "notify/outbox_queue.hpp"
#include "notify/outbox_results.hpp"

namespace hb {

// Of problem number `problem` of a service.
inline Message change(MessageKind kind, const std::string& service, Time at, int problem = 1) {
  const bool is_up = kind == MessageKind::up || kind == MessageKind::resolved_by_removal;
  return {.kind = kind,
          .text = is_up ? "" : "No heartbeat for 6 min",
          .status = is_up ? "up" : std::string(kind_name(kind)),
          .timestamp = at,
          .service_id = service,
          .service_name = "Service " + service,
          .previous = is_up ? "down" : "up",
          .since = at,
          .dedup_key = "service:" + service + ":" + std::to_string(problem)};
}

inline Message down(const std::string& service, Time at, int problem = 1) {
  return change(MessageKind::down, service, at, problem);
}

inline Message up(const std::string& service, Time at, int problem = 1) {
  return change(MessageKind::up, service, at, problem);
}

struct Arrival {
  std::string channel{};
  Message message{};
};

struct Rounds {
  Config config = channel_config();
  Outbox outbox{};
  Time now = kTestTime;
  std::map<std::string, Answer> answers{};  // of channels; the others answer 200
  std::vector<Arrival> notified{};
  std::vector<std::string> log{};

  // Only these channels.
  explicit Rounds(const std::vector<std::string>& channels) {
    auto& all = config.notifications.channels;
    std::erase_if(all, [&](const Channel& channel) {
      return std::find(channels.begin(), channels.end(), channel.name) == channels.end();
    });
  }

  ChannelQueue& queue(const std::string& channel) { return queue_of(outbox, channel); }
  std::vector<QueuedMessage>& queued(const std::string& channel) { return queue(channel).queued; }

  void enqueue(const std::string& channel, const std::vector<Message>& messages) {
    std::vector<Announcement> announcements;
    for (const Message& message : messages) announcements.push_back({channel, message});
    log = hb::enqueue(config, outbox, announcements, now);
  }

  std::vector<Outgoing> go() { return outgoing(config, outbox, 0min, now); }

  // As "discord: Service web is down"
  std::vector<std::string> headlines(const std::vector<Outgoing>& sends) {
    std::vector<std::string> out;
    for (const Outgoing& send : sends) out.push_back(send.channel + ": " + headline(item(send).message));
    return out;
  }

  const QueuedMessage& item(const Outgoing& send) {
    for (const QueuedMessage& one : queued(send.channel)) {
      if (one.id == send.id) return one;
    }
    FAIL("not in the outbox");
    return queued(send.channel).front();
  }

  RecordedResults record_results(const std::vector<Outgoing>& sends) {
    std::vector<Result> results;
    for (const Outgoing& send : sends) {
      const auto found = answers.find(send.channel);
      const Answer answer = found == answers.end() ? Answer{.status = 200} : found->second;
      results.push_back({send.channel, send.id, answer});
      if (answer.status == 200) notified.push_back({send.channel, item(send).message});
    }
    return hb::record_results(config, outbox, results, now);
  }

  RecordedResults round() {
    hb::enqueue(config, outbox, {}, now);
    return record_results(go());
  }
};

inline std::vector<Message> many(size_t count, Time at, Message (*make)(const std::string&, Time, int),
                                 int problem = 1) {
  std::vector<Message> out;
  for (size_t i = 0; i < count; ++i) out.push_back(make("s" + std::to_string(i), at, problem));
  return out;
}

}  // namespace hb
