#include "notify/outbox_digests.hpp"

#include <algorithm>
#include <iterator>
#include <set>

#include "message/wording.hpp"
#include "notify/outbox_queue.hpp"
#include "text/utf8.hpp"

namespace hb {
namespace {

using Names = std::set<std::string, std::less<>>;

constexpr size_t kLine = 160;
constexpr std::string_view kLateKey = "digest:late:";
constexpr std::string_view kStormKey = "digest:storm:";

bool is_late_digest(const Message& message) {
  return is_digest(message) && message.dedup_key.starts_with(kLateKey);
}

std::string line_of(const Message& message) {
  const std::string body = one_line(body_text(message));
  return shortened(
      std::string(emoji(tone(message))) + " " + headline(message) + (body.empty() ? "" : ": " + body), kLine);
}

// "2026-11-22 06:00 UTC 🔴 Website is down": it is long ago.
std::string dated_line(const Message& message) {
  return humanized_time(message.timestamp).substr(0, 16) + " UTC " + line_of(message);
}

// As many messages as it stands for.
int count_of(const Message& message) {
  return is_digest(message) ? static_cast<int>(message.lines.size()) + message.more : 1;
}

int count_of(const std::vector<QueuedMessage>& items) {
  int count = 0;
  for (const QueuedMessage& item : items) count += count_of(item.message);
  return count;
}

// The status that has the tone of the worst of them.
std::string worst_status(const std::vector<QueuedMessage>& items) {
  static constexpr std::string_view kStatuses[] = {"down", "degraded", "up", ""};
  Tone worst = Tone::info;
  for (const QueuedMessage& item : items) worst = std::min(worst, tone(item.message));
  return std::string(kStatuses[static_cast<size_t>(worst)]);
}

// "498 down, 2 up"
std::string tally(const std::vector<QueuedMessage>& items) {
  static constexpr std::string_view kStatuses[] = {"down", "degraded", "firing", "up", "resolved"};
  std::string out;
  int others = static_cast<int>(items.size());
  const auto add = [&out](int count, std::string_view word) {
    if (count == 0) return;
    (((out += out.empty() ? "" : ", ") += std::to_string(count)) += ' ') += word;
  };
  for (const std::string_view status : kStatuses) {
    const auto count = std::count_if(items.begin(), items.end(), [status](const QueuedMessage& item) {
      return item.message.status == status;
    });
    add(static_cast<int>(count), status);
    others -= static_cast<int>(count);
  }
  add(others, others == 1 ? "other message" : "other messages");
  return out;
}

// The key has the channel in it, for no two digests of one moment to be taken for one.
Message digest_of(std::string_view kind_of_key, const ChannelQueue& queue,
                  const std::vector<QueuedMessage>& items, Time now) {
  Message digest{.kind = MessageKind::digest,
                 .status = worst_status(items),
                 .timestamp = now,
                 .dedup_key = std::string(kind_of_key) + queue.channel + ":" + std::to_string(to_ms(now))};
  digest.more = count_of(items);
  const auto add = [&digest](std::string line) {
    if (digest.lines.size() >= kMostLines) return;
    digest.lines.push_back(std::move(line));
    --digest.more;
  };
  for (const QueuedMessage& item : items) {
    for (const std::string& line : item.message.lines) add(line);
    if (!is_digest(item.message))
      add(kind_of_key == kLateKey ? dated_line(item.message) : line_of(item.message));
  }
  return digest;
}

// Their next messages cannot be part of a digest: it could overtake a message that is in flight and comes
// back.
Names ordering_keys_in_flight(const std::vector<QueuedMessage>& queued, Time now) {
  Names ordering_keys;
  for (const QueuedMessage& item : queued) {
    if (is_in_flight(item, now)) ordering_keys.emplace(ordering_key(item.message));
  }
  return ordering_keys;
}

// Moves those that `is_taken` out of the queue, in their order.
template <class Taken>
std::vector<QueuedMessage> taken_out(std::vector<QueuedMessage>& queued, Taken is_taken) {
  const auto rest = std::stable_partition(queued.begin(), queued.end(),
                                          [&](const QueuedMessage& item) { return !is_taken(item); });
  std::vector<QueuedMessage> taken(std::make_move_iterator(rest), std::make_move_iterator(queued.end()));
  queued.erase(rest, queued.end());
  return taken;
}

size_t bytes_of(const Message& message) {
  size_t bytes = 200;
  for (const std::string* text :
       {&message.title, &message.text, &message.service_name, &message.group_name, &message.heartbeat_message,
        &message.metadata, &message.url, &message.labels, &message.annotations, &message.dedup_key})
    bytes += text->size();
  for (const std::string& line : message.lines) bytes += line.size();
  return bytes;
}

// What is left while the oldest become part of a digest.
struct Load {
  size_t count = 0;
  size_t bytes = 0;
  bool has_digest = false;

  bool is_too_much() const { return count + has_digest > kMostQueued || bytes > kMostQueuedBytes; }
};

Load load_of(const std::vector<QueuedMessage>& queued) {
  Load load{.count = queued.size()};
  for (const QueuedMessage& item : queued) load.bytes += bytes_of(item.message);
  return load;
}

// The ids of what becomes part of a digest, but for the digest that stands for earlier ones.
Names late_ids(const std::vector<QueuedMessage>& queued, Time now) {
  Names late;
  const Names busy = ordering_keys_in_flight(queued, now);
  Load load = load_of(queued);
  for (const QueuedMessage& item : queued) {
    const bool is_old = now > item.queued_at + kLongestQueued;
    if (busy.count(std::string(ordering_key(item.message))) != 0 || !(is_old || load.is_too_much())) continue;
    load = {load.count - 1, load.bytes - bytes_of(item.message), true};
    if (!is_late_digest(item.message)) late.insert(item.id);
  }
  return late;
}

QueuedMessage late_digest(const ChannelQueue& queue, const std::vector<QueuedMessage>& late, Time now) {
  Message digest = digest_of(kLateKey, queue, late, now);
  const int count = count_of(late);
  digest.title =
      std::to_string(count) + (count == 1 ? " message" : " messages") + " could not be told in time";
  digest.since = late.front().message.since.value_or(late.front().message.timestamp);
  QueuedMessage item = queued_message(std::move(digest), now);
  // It goes on where the earlier one was.
  const auto earlier = std::find_if(late.begin(), late.end(),
                                    [](const QueuedMessage& one) { return is_late_digest(one.message); });
  if (earlier != late.end()) {
    item.attempts = earlier->attempts;
    item.not_before = earlier->not_before;
  }
  return item;
}

}  // namespace

void append_storm(ChannelQueue& queue, std::vector<QueuedMessage> fresh, Time now) {
  const Names busy = ordering_keys_in_flight(queue.queued, now);
  Names ordering_keys;
  for (QueuedMessage& item : fresh) {
    const std::string own(ordering_key(item.message));
    if (busy.count(own) == 0) ordering_keys.insert(own);
    queue.queued.push_back(std::move(item));
  }
  const std::vector<QueuedMessage> all = taken_out(queue.queued, [&](const QueuedMessage& item) {
    return !is_digest(item.message) && ordering_keys.count(std::string(ordering_key(item.message))) != 0;
  });
  if (all.empty()) return;
  Message digest = digest_of(kStormKey, queue, all, now);
  digest.title = tally(all);
  queue.queued.push_back(queued_message(std::move(digest), now));
}

void digest_late(ChannelQueue& queue, Time now) {
  const auto ids = late_ids(queue.queued, now);
  if (ids.empty()) return;
  const auto is_late = [&](const QueuedMessage& item) {
    return !is_in_flight(item, now) && (is_late_digest(item.message) || ids.find(item.id) != ids.end());
  };
  const auto position =
      std::find_if(queue.queued.begin(), queue.queued.end(), is_late) - queue.queued.begin();
  const std::vector<QueuedMessage> late = taken_out(queue.queued, is_late);
  queue.queued.insert(queue.queued.begin() + position, late_digest(queue, late, now));
}

}  // namespace hb
