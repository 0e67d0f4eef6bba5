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

constexpr std::string_view kRelationNames[] = {"begins", "continues", "corrects"};

Relation relation_named(std::string_view name) {
  const auto found = std::find(std::begin(kRelationNames), std::end(kRelationNames), name);
  return found == std::end(kRelationNames) ? Relation::continues
                                           : static_cast<Relation>(found - std::begin(kRelationNames));
}

void print_accepted(JsonWriter& json, const Accepted& accepted) {
  json.key("accepted")
      .begin_object()
      .member("status", accepted.status)
      .member("since", to_ms(accepted.since));
  print_time(json, "until", accepted.until);
  if (!accepted.dedup_key.empty()) json.member("key", accepted.dedup_key);
  json.end_object();
}

void print_later(JsonWriter& json, const std::vector<LaterMessage>& later) {
  json.key("later").begin_array();
  for (const auto& [message, relation] : later) {
    json.begin_object().member("relation", kRelationNames[static_cast<size_t>(relation)]).key("message");
    print_message(json, message);
    json.end_object();
  }
  json.end_array();
}

void print_trouble(JsonWriter& json, const Trouble& trouble) {
  json.begin_object().member("key", trouble.key);
  if (trouble.accepted) print_accepted(json, *trouble.accepted);
  print_time(json, "queued", trouble.wanted_since);
  if (trouble.attempts != 0) json.member("attempts", trouble.attempts);
  if (trouble.refusals != 0) json.member("form", "plain").member("refusals", trouble.refusals);
  print_time(json, "notBefore", trouble.not_before);
  if (trouble.lease) json.member("underWay", to_ms(trouble.lease->since)).member("lease", trouble.lease->id);
  if (trouble.may_be_accepted) json.member("mayBeTold", true);
  if (!trouble.later.empty()) print_later(json, trouble.later);
  if (trouble.wanted) print_message(json.key("message"), *trouble.wanted);
  json.end_object();
}

// The messages come last: those before a damage are read.
void print_queue(JsonWriter& json, const ChannelQueue& queue) {
  json.begin_object().member("channel", queue.channel);
  if (queue.health != ChannelHealth::healthy) json.member("trouble", health_name(queue.health));
  print_time(json, "failingSince", queue.failing_since);
  if (!queue.words.empty()) json.member("words", queue.words);
  print_time(json, "nextTry", queue.next_try);
  if (!queue.notice.empty()) json.member("notice", queue.notice);
  print_time(json, "goneSince", queue.gone_since);
  if (queue.failed != 0) json.member("failed", queue.failed);
  json.key("waiting").begin_array();
  for (const Trouble& trouble : queue.troubles) print_trouble(json, trouble);
  json.end_array().end_object();
}

bool is_idle(const ChannelQueue& queue) {
  return queue == ChannelQueue{.channel = queue.channel};
}

int count_of(const Json& json, std::string_view name) {
  return static_cast<int>(std::clamp<int64_t>(integer_member(json, name).value_or(0), 0, kMostAttempts));
}

std::optional<Message> message_member(const Json& json) {
  const Json* content = member(json, "message");
  return content == nullptr ? std::nullopt : message_from(*content);
}

std::optional<Accepted> accepted_member(const Json& json) {
  const Json* content = member(json, "accepted");
  const auto status = content == nullptr ? std::nullopt : string_member(*content, "status");
  if (!status || status->empty()) return std::nullopt;
  return Accepted{.status = *status,
                  .since = time_member(*content, "since").value_or(Time{}),
                  .until = time_member(*content, "until"),
                  .dedup_key = string_member(*content, "key").value_or("")};
}

void read_later(const Json& json, Trouble& trouble) {
  const Json* list = member(json, "later");
  if (list == nullptr) return;
  for (const Json& one : elements(*list)) {
    if (auto message = message_member(one))
      trouble.later.push_back(
          {*std::move(message), relation_named(string_member(one, "relation").value_or(""))});
  }
}

void read_wanted(const Json& json, Trouble& trouble) {
  trouble.wanted = message_member(json);
  if (!trouble.wanted) return;
  trouble.wanted_since = time_member(json, "queued").value_or(trouble.wanted->timestamp);
  trouble.attempts = count_of(json, "attempts");
  trouble.refusals = std::max(count_of(json, "refusals"), string_member(json, "form") == "plain" ? 1 : 0);
  trouble.not_before = time_member(json, "notBefore");
  const Json* may_be_accepted = member(json, "mayBeTold");
  trouble.may_be_accepted = may_be_accepted != nullptr && as_bool(*may_be_accepted) == true;
  const auto leased = time_member(json, "underWay");
  if (leased)
    trouble.lease = Lease{string_member(json, "lease").value_or(message_id(*trouble.wanted)), *leased};
  read_later(json, trouble);
}

// Without a key it is a message of an earlier version.
std::optional<Trouble> read_trouble(std::string_view text) {
  const std::optional<Json> json = parse_json(text);
  if (!json) return std::nullopt;
  Trouble trouble{.key = string_member(*json, "key").value_or(""), .accepted = accepted_member(*json)};
  read_wanted(*json, trouble);
  if (!trouble.wanted && (!trouble.accepted || trouble.key.empty())) return std::nullopt;
  return trouble;
}

void read_troubles(Cursor& cursor, std::vector<Trouble>& troubles) {
  each_element(cursor, [&] {
    const std::string_view text = cursor.value();
    if (cursor.bad()) return;
    if (auto trouble = read_trouble(text)) troubles.push_back(*std::move(trouble));
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
    } else if (key == "notice") {
      queue.notice = unescaped(cursor.string_or_skip());
    } else if (key == "goneSince") {
      queue.gone_since = stored_time(cursor.integer_or_skip());
    } else if (key == "failed") {
      queue.failed = std::max<int64_t>(cursor.integer_or_skip(), 0);
    } else if (key == "waiting" && cursor.peek('[')) {
      read_troubles(cursor, queue.troubles);
    } else {
      cursor.value();
    }
  });
  // An earlier version had told the others of each channel that is broken.
  if (queue.health == ChannelHealth::broken && queue.notice.empty())
    queue.notice =
        "channel:" + queue.channel + ":" + std::to_string(to_ms(queue.failing_since.value_or(Time{})));
  return queue;
}

// A channel that is there twice, as only damage makes it, is one.
void add(Outbox& outbox, ChannelQueue queue) {
  if (queue.channel.empty()) return;
  if (find_queue(outbox, queue.channel) == nullptr) {
    outbox.channels.push_back(std::move(queue));
    return;
  }
  std::vector<Trouble>& troubles = queue_of(outbox, queue.channel).troubles;
  for (Trouble& trouble : queue.troubles) {
    const bool is_there = std::find(troubles.begin(), troubles.end(), trouble) != troubles.end();
    if (!is_there) troubles.push_back(std::move(trouble));
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

size_t waiting(const ChannelQueue& queue) {
  return static_cast<size_t>(
      std::count_if(queue.troubles.begin(), queue.troubles.end(),
                    [](const Trouble& trouble) { return trouble.wanted.has_value(); }));
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
