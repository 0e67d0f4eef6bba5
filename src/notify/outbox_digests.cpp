#include "notify/outbox_digests.hpp"

#include <algorithm>
#include <iterator>
#include <map>

#include "message/wording.hpp"
#include "notify/trouble_words.hpp"
#include "notify/troubles.hpp"
#include "text/sha256.hpp"
#include "text/utf8.hpp"

namespace hb {
namespace {

constexpr size_t kLine = 170;
constexpr size_t kLineWithOutages = 300;
constexpr size_t kLineName = 80;
constexpr size_t kLineLabels = 80;
constexpr std::string_view kFoldedKey = "digest:late:";

using Labels = std::map<std::string, std::string>;

std::string line_of(const Message& message, const std::string& labels) {
  const std::string body = one_line(body_text(message));
  const std::string name =
      shortened(headline(message), kLineName) + (labels.empty() ? "" : " (" + labels + ")");
  const std::string line = std::string(emoji(tone(message))) + " " + name + (body.empty() ? "" : ": " + body);
  return shortened(line, message.outages.empty() ? kLine : kLineWithOutages);
}

// "2026-11-22 06:00 UTC 🔴 Website is down": it is long ago.
std::string dated(const Message& message, const std::string& line) {
  return humanized_time(message.timestamp).substr(0, 16) + " UTC " + line;
}

std::string labels_text(const Labels& labels) {
  std::string out;
  for (const auto& [name, value] : labels) ((((out += out.empty() ? "" : ", ") += name) += '=') += value);
  return shortened(out, kLineLabels);
}

// Labels that all messages of one name have alike tell none of them apart.
std::vector<std::string> telling_texts(std::span<const Message> messages) {
  std::vector<Labels> all;
  for (const Message& message : messages) all.push_back(telling_labels(message));
  std::vector<std::string> out;
  for (size_t i = 0; i < all.size(); ++i) {
    const auto is_alike = [&](const Labels::value_type& label) {
      size_t others = 0;
      for (size_t j = 0; j < all.size(); ++j) {
        if (j == i || headline(messages[j]) != headline(messages[i])) continue;
        ++others;
        const auto found = all[j].find(label.first);
        if (found == all[j].end() || found->second != label.second) return false;
      }
      return others > 0;
    };
    Labels telling = all[i];
    std::erase_if(telling, is_alike);
    out.push_back(labels_text(telling));
  }
  return out;
}

// The status that has the tone of the worst of them.
std::string worst_status(std::span<const Message> messages) {
  static constexpr std::string_view kStatuses[] = {"down", "degraded", "up", ""};
  Tone worst = Tone::info;
  for (const Message& message : messages) worst = std::min(worst, tone(message));
  return std::string(kStatuses[static_cast<size_t>(worst)]);
}

// "498 down, 2 up"
std::string tally(std::span<const Message> messages) {
  static constexpr std::string_view kStatuses[] = {"down", "degraded", "firing", "up", "resolved"};
  std::string out;
  int others = static_cast<int>(messages.size());
  const auto add = [&out](int count, std::string_view word) {
    if (count == 0) return;
    (((out += out.empty() ? "" : ", ") += std::to_string(count)) += ' ') += word;
  };
  for (const std::string_view status : kStatuses) {
    const auto count = std::count_if(messages.begin(), messages.end(),
                                     [status](const Message& message) { return message.status == status; });
    add(static_cast<int>(count), status);
    others -= static_cast<int>(count);
  }
  add(others, others == 1 ? "other message" : "other messages");
  return out;
}

std::string late_title(int count) {
  return std::to_string(count) + (count == 1 ? " message" : " messages") + " could not be told in time";
}

int count_of(const Message& digest) {
  return static_cast<int>(digest.lines.size()) + digest.more;
}

// The first are named.
void add_lines(Message& digest, std::span<const Message> messages, bool is_dated) {
  const std::span<const Message> named =
      messages.first(std::min(messages.size(), kMostLines - digest.lines.size()));
  const std::vector<std::string> labels = telling_texts(named);
  for (size_t i = 0; i < named.size(); ++i) {
    const std::string line = line_of(named[i], labels[i]);
    digest.lines.push_back(is_dated ? dated(named[i], line) : line);
  }
  digest.more += static_cast<int>(messages.size() - named.size());
}

// Made of what it stands for: the same for every attempt to send the same.
std::string digest_key(std::string_view channel, std::span<const Message> messages) {
  std::string whole(channel);
  for (const Message& message : messages) (whole += '\n') += message_id(message);
  return "digest:" + hex(sha256(whole)).substr(0, 32);
}

size_t bytes_of(const Message& message) {
  size_t bytes = 200;
  for (const std::string* text : {&message.title, &message.text, &message.service_name, &message.group_name,
                                  &message.also_down, &message.heartbeat_message, &message.metadata,
                                  &message.url, &message.labels, &message.annotations, &message.dedup_key})
    bytes += text->size();
  for (const std::string& line : message.lines) bytes += line.size();
  return bytes;
}

// What may become part of the digest: nobody accepted anything of it, nor is about to.
bool may_be_folded(const Trouble& trouble) {
  return trouble.wanted && !is_digest(*trouble.wanted) && !trouble.accepted && !trouble.lease &&
         !trouble.may_be_accepted;
}

Trouble* waiting_digest(ChannelQueue& queue) {
  const auto found = std::find_if(queue.troubles.begin(), queue.troubles.end(), [](const Trouble& trouble) {
    return trouble.wanted && !trouble.lease && trouble.wanted->dedup_key.starts_with(kFoldedKey);
  });
  return found == queue.troubles.end() ? nullptr : &*found;
}

Trouble& folded_digest(ChannelQueue& queue, Time now) {
  if (Trouble* digest = waiting_digest(queue)) return *digest;
  const std::string key = std::string(kFoldedKey) + queue.channel + ":" + std::to_string(to_ms(now));
  Trouble trouble{.key = key,
                  .wanted = Message{.kind = MessageKind::digest, .timestamp = now, .dedup_key = key},
                  .wanted_since = now};
  return *queue.troubles.insert(queue.troubles.begin(), std::move(trouble));
}

void fold_into(Message& digest, const Message& message, Time now) {
  add_lines(digest, std::span(&message, 1), true);
  digest.title = late_title(count_of(digest));
  const Time since = message.since.value_or(message.timestamp);
  digest.since = std::min(digest.since.value_or(since), since);
  digest.timestamp = now;
  if (digest.status.empty() || tone(message) == Tone::bad)
    digest.status = worst_status(std::span(&message, 1));
}

}  // namespace

bool is_late(const Trouble& trouble, Time now) {
  return trouble.wanted_since && now > *trouble.wanted_since + kLongestWait;
}

Message digest_of(std::string_view channel, std::span<Trouble* const> troubles, const UtcOffsets& utc_offset,
                  Time now) {
  std::vector<Message> messages;
  bool is_dated = false;
  Message digest{.kind = MessageKind::digest};
  for (const Trouble* trouble : troubles) {
    messages.push_back(worded_in_a_line(*trouble->wanted, trouble->accepted, utc_offset));
    is_dated |= is_late(*trouble, now);
    digest.timestamp = std::max(digest.timestamp, messages.back().timestamp);
  }
  add_lines(digest, messages, is_dated);
  digest.title = is_dated ? late_title(count_of(digest)) : tally(messages);
  if (is_dated) digest.since = messages.front().since.value_or(messages.front().timestamp);
  digest.status = worst_status(messages);
  digest.dedup_key = digest_key(channel, messages);
  return digest;
}

void fold(ChannelQueue& queue, const UtcOffsets& utc_offset, Time now) {
  auto left = static_cast<size_t>(
      std::count_if(queue.troubles.begin(), queue.troubles.end(),
                    [](const Trouble& trouble) { return trouble.wanted && !trouble.lease; }));
  if (left <= kMostWaiting) return;
  std::vector<Message> folded;
  if (waiting_digest(queue) == nullptr) ++left;
  for (Trouble& trouble : queue.troubles) {
    if (left <= kMostWaiting) break;
    if (!may_be_folded(trouble)) continue;
    folded.push_back(
        worded_in_a_line(*std::exchange(trouble.wanted, std::nullopt), trouble.accepted, utc_offset));
    --left;
  }
  forget_settled(queue);
  if (folded.empty()) return;
  Message& digest = *folded_digest(queue, now).wanted;
  for (const Message& message : folded) fold_into(digest, message, now);
}

void shorten(ChannelQueue& queue) {
  size_t bytes = 0;
  for (const Trouble& trouble : queue.troubles)
    bytes += trouble.wanted && !trouble.lease ? bytes_of(*trouble.wanted) : 0;
  for (Trouble& trouble : queue.troubles) {
    if (bytes <= kMostWaitingBytes) return;
    if (!trouble.wanted || trouble.lease) continue;
    Message& message = *trouble.wanted;
    bytes -= bytes_of(message);
    for (std::string* text : {&message.text, &message.heartbeat_message, &message.metadata, &message.labels,
                              &message.annotations, &message.url})
      text->clear();
    bytes += bytes_of(message);
  }
}

}  // namespace hb
