// What the tests of the outbox share: rounds of delivery, with providers that answer as they are told to.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "message/message_test.hpp"
#include "message/wording.hpp"
#include "notify/outbox_digests.hpp"
#include "notify/outbox_enqueue.hpp"
#include "notify/outbox_outgoing.hpp"
#include "notify/outbox_results.hpp"
#include "notify/trouble_words.hpp"
#include "notify/troubles.hpp"

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

// As the check would: a recovery, and a change of a problem, continue what was announced.
inline Relation relation_of(const Message& message) {
  const bool was_bad = is_problem(status_named(message.previous).value_or(Status::unknown));
  const bool is_change = !message.service_id.empty() && message.kind != MessageKind::notice;
  return is_change && (was_bad || is_recovery(message)) ? Relation::continues : Relation::begins;
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
  std::vector<Trouble>& troubles(const std::string& channel) { return queue(channel).troubles; }

  // What is to be told, in its order.
  std::vector<Message> wanted(const std::string& channel) {
    std::vector<Message> out;
    for (const Trouble& trouble : troubles(channel)) {
      if (trouble.wanted) out.push_back(*trouble.wanted);
    }
    return out;
  }

  void enqueue(const std::string& channel, const std::vector<Message>& messages) {
    std::vector<Announcement> announcements;
    for (const Message& message : messages) announcements.push_back({channel, message, relation_of(message)});
    log = hb::enqueue(config, outbox, announcements, now);
  }

  std::vector<Outgoing> go() { return outgoing(config, outbox, 0min, now); }

  // As "discord: Service web is down"
  std::vector<std::string> headlines(const std::vector<Outgoing>& sends) {
    std::vector<std::string> out;
    for (const Outgoing& send : sends) out.push_back(send.channel + ": " + headline(message_of(send)));
    return out;
  }

  // What is in flight, as it was sent.
  Message message_of(const Outgoing& send) {
    std::vector<Trouble*> leased;
    for (Trouble& trouble : troubles(send.channel)) {
      if (trouble.lease && trouble.lease->id == send.id) leased.push_back(&trouble);
    }
    REQUIRE(!leased.empty());
    const Message message = worded(*leased.front()->wanted, leased.front()->accepted, 0min);
    return message_id(message) == send.id ? message : digest_of(send.channel, leased, 0min, now);
  }

  RecordedResults record_results(const std::vector<Outgoing>& sends) {
    std::vector<Result> results;
    for (const Outgoing& send : sends) {
      const auto found = answers.find(send.channel);
      const Answer answer = found == answers.end() ? Answer{.status = 200} : found->second;
      results.push_back({send.channel, send.id, answer});
      if (answer.status == 200) notified.push_back({send.channel, message_of(send)});
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
