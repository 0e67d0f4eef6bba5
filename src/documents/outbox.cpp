#include "documents/outbox.hpp"

#include <algorithm>
#include <iterator>

#include "text/cursor.hpp"
#include "text/json.hpp"
#include "text/json_writer.hpp"

namespace hb {
namespace {

constexpr std::string_view kHealthNames[] = {"none", "refusing", "failing", "broken", "unset"};
constexpr int64_t kMostAttempts = 1'000'000;

std::string_view health_name(ChannelHealth health) {
  return kHealthNames[static_cast<size_t>(health)];
}

ChannelHealth health_named(std::string_view name) {
  const auto found = std::find(std::begin(kHealthNames), std::end(kHealthNames), name);
  return found == std::end(kHealthNames) ? ChannelHealth::healthy
                                         : static_cast<ChannelHealth>(found - std::begin(kHealthNames));
}

void print_time(JsonWriter& json, std::string_view name, const std::optional<Time>& time) {
  if (time) json.member(name, to_ms(*time));
}

void print_item(JsonWriter& json, const QueuedMessage& item) {
  json.begin_object().member("queued", to_ms(item.queued_at));
  if (item.attempts != 0) json.member("attempts", item.attempts);
  if (item.form == Form::plain) json.member("form", "plain");
  print_time(json, "notBefore", item.not_before);
  print_time(json, "underWay", item.in_flight_since);
  if (item.may_be_delivered) json.member("mayBeTold", true);
  json.key("message");
  print_message(json, item.message);
  json.end_object();
}

// The messages come last: those before a damage are read.
void print_queue(JsonWriter& json, const ChannelQueue& queue) {
  json.begin_object().member("channel", queue.channel);
  if (queue.health != ChannelHealth::healthy) json.member("trouble", health_name(queue.health));
  print_time(json, "failingSince", queue.failing_since);
  if (!queue.words.empty()) json.member("words", queue.words);
  print_time(json, "nextTry", queue.next_try);
  if (queue.failed != 0) json.member("failed", queue.failed);
  json.key("waiting").begin_array();
  for (const QueuedMessage& item : queue.queued) print_item(json, item);
  json.end_array().end_object();
}

bool is_idle(const ChannelQueue& queue) {
  return queue == ChannelQueue{.channel = queue.channel};
}

std::optional<QueuedMessage> read_item(std::string_view text) {
  const std::optional<Json> json = parse_json(text);
  const Json* content = json ? member(*json, "message") : nullptr;
  std::optional<Message> message = content == nullptr ? std::nullopt : message_from(*content);
  if (!message) return std::nullopt;
  const Json* may_be_delivered = member(*json, "mayBeTold");
  const Time queued_at = time_member(*json, "queued").value_or(message->timestamp);
  QueuedMessage item = queued_message(*std::move(message), queued_at);
  item.attempts =
      static_cast<int>(std::clamp<int64_t>(integer_member(*json, "attempts").value_or(0), 0, kMostAttempts));
  item.form = string_member(*json, "form") == "plain" ? Form::plain : Form::full;
  item.not_before = time_member(*json, "notBefore");
  item.in_flight_since = time_member(*json, "underWay");
  item.may_be_delivered = may_be_delivered != nullptr && as_bool(*may_be_delivered) == true;
  return item;
}

void read_items(Cursor& cursor, std::vector<QueuedMessage>& queued) {
  each_element(cursor, [&] {
    const std::string_view text = cursor.value();
    if (cursor.bad()) return;
    if (auto item = read_item(text)) queued.push_back(*std::move(item));
  });
}

ChannelQueue read_queue(Cursor& cursor) {
  ChannelQueue queue;
  each_member(cursor, [&](std::string_view key) {
    if (key == "channel") {
      queue.channel = unescaped(cursor.string_or_skip());
    } else if (key == "trouble") {
      queue.health = health_named(cursor.string_or_skip());
    } else if (key == "failingSince") {
      queue.failing_since = stored_time(cursor.integer_or_skip());
    } else if (key == "words") {
      queue.words = unescaped(cursor.string_or_skip());
    } else if (key == "nextTry") {
      queue.next_try = stored_time(cursor.integer_or_skip());
    } else if (key == "failed") {
      queue.failed = std::max<int64_t>(cursor.integer_or_skip(), 0);
    } else if (key == "waiting" && cursor.peek('[')) {
      read_items(cursor, queue.queued);
    } else {
      cursor.value();
    }
  });
  return queue;
}

// A channel that is there twice, as only damage makes it, is one.
void add(Outbox& outbox, ChannelQueue queue) {
  if (queue.channel.empty()) return;
  if (find_queue(outbox, queue.channel) == nullptr) {
    outbox.channels.push_back(std::move(queue));
    return;
  }
  std::vector<QueuedMessage>& queued = queue_of(outbox, queue.channel).queued;
  for (QueuedMessage& item : queue.queued) {
    const bool is_there = std::any_of(queued.begin(), queued.end(),
                                      [&](const QueuedMessage& other) { return other.id == item.id; });
    if (!is_there) queued.push_back(std::move(item));
  }
}

}  // namespace

const ChannelQueue* find_queue(const Outbox& outbox, std::string_view channel) {
  for (const ChannelQueue& queue : outbox.channels) {
    if (queue.channel == channel) return &queue;
  }
  return nullptr;
}

ChannelQueue& queue_of(Outbox& outbox, std::string_view channel) {
  for (ChannelQueue& queue : outbox.channels) {
    if (queue.channel == channel) return queue;
  }
  return outbox.channels.emplace_back(ChannelQueue{.channel = std::string(channel)});
}

QueuedMessage queued_message(Message message, Time now) {
  std::string id = message_id(message);
  return {.id = std::move(id), .message = std::move(message), .queued_at = now};
}

void join(Outbox& outbox, Outbox other) {
  for (ChannelQueue& queue : other.channels) add(outbox, std::move(queue));
}

void print_outbox(JsonWriter& json, const Outbox& outbox) {
  json.begin_object().key("channels").begin_array();
  for (const ChannelQueue& queue : outbox.channels) {
    if (!is_idle(queue)) print_queue(json, queue);
  }
  json.end_array().end_object();
}

std::string write_outbox(const Outbox& outbox) {
  JsonWriter json;
  print_outbox(json, outbox);
  return json.take();
}

Outbox read_outbox(std::string_view text) {
  Outbox outbox;
  Cursor cursor(text);
  each_member(cursor, [&](std::string_view key) {
    if (key != "channels" || !cursor.peek('[')) {
      cursor.value();
      return;
    }
    each_element(cursor, [&] {
      if (cursor.peek('{')) {
        add(outbox, read_queue(cursor));
      } else {
        cursor.value();
      }
    });
  });
  return outbox;
}

}  // namespace hb
