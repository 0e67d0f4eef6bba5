#include "documents/message.hpp"

#include <algorithm>
#include <iterator>

#include "text/json.hpp"
#include "text/json_writer.hpp"
#include "text/sha256.hpp"

namespace hb {
namespace {

constexpr std::string_view kKinds[] = {"down",   "up",    "degraded", "reminder", "closing",
                                       "digest", "alert", "notice",   "test"};

// The members that are texts, under their stored names.
struct TextMember {
  std::string_view name;
  std::string Message::*field;
};

constexpr TextMember kTexts[] = {{"title", &Message::title},
                                 {"text", &Message::text},
                                 {"severity", &Message::severity},
                                 {"status", &Message::status},
                                 {"source", &Message::source},
                                 {"serviceId", &Message::service_id},
                                 {"serviceName", &Message::service_name},
                                 {"groupName", &Message::group_name},
                                 {"alsoDown", &Message::also_down},
                                 {"previous", &Message::previous},
                                 {"heartbeatMessage", &Message::heartbeat_message},
                                 {"url", &Message::url},
                                 {"dedupKey", &Message::dedup_key}};

// The members that are JSON objects.
constexpr TextMember kObjects[] = {
    {"metadata", &Message::metadata}, {"labels", &Message::labels}, {"annotations", &Message::annotations}};

// Of an instant that can be printed, 1970 included, or as long as between two of them.
std::optional<int64_t> ms_member(const Json& json, std::string_view name) {
  const auto ms = integer_member(json, name);
  return ms && (*ms == 0 || stored_time(*ms)) ? ms : std::nullopt;
}

std::optional<Time> instant_member(const Json& json, std::string_view name) {
  const auto ms = ms_member(json, name);
  return ms ? std::optional(from_ms(*ms)) : std::nullopt;
}

std::string object_member(const Json& json, std::string_view name) {
  const Json* object = member(json, name);
  return object != nullptr && object->is_object() && !object->empty() ? dump(*object) : "";
}

std::vector<std::string> lines_of(const Json& json) {
  std::vector<std::string> out;
  const Json* list = member(json, "lines");
  if (list == nullptr) return out;
  for (const Json& line : elements(*list)) out.push_back(as_string(line).value_or(""));
  return out;
}

void print_times(JsonWriter& json, const Message& message) {
  json.member("timestamp", to_ms(message.timestamp));
  if (message.since) json.member("since", to_ms(*message.since));
  if (message.duration) json.member("durationMs", message.duration->count());
  if (message.last_seen) json.member("lastSeen", to_ms(*message.last_seen));
}

// Those that can be printed.
std::vector<UnreportedOutage> outages_of(const Json& json) {
  std::vector<UnreportedOutage> out;
  const Json* list = member(json, "outages");
  if (list == nullptr) return out;
  for (const Json& outage : elements(*list)) {
    const auto& fields = elements(outage);
    if (fields.size() != 3) continue;
    const Status status = status_named(as_string(fields[0]).value_or("")).value_or(Status::up);
    const auto from = stored_time(as_integer(fields[1]).value_or(0));
    const auto to = stored_time(as_integer(fields[2]).value_or(0));
    if (is_problem(status) && from && to) out.push_back({status, *from, *to});
  }
  return out;
}

int count_member(const Json& json, std::string_view name) {
  return static_cast<int>(std::clamp<int64_t>(integer_member(json, name).value_or(0), 0, 1'000'000));
}

void print_lines(JsonWriter& json, const Message& message) {
  if (!message.lines.empty()) {
    json.key("lines").begin_array();
    for (const std::string& line : message.lines) json.value(line);
    json.end_array();
  }
  if (message.more != 0) json.member("more", message.more);
}

void read_times(const Json& json, Message& message) {
  message.since = instant_member(json, "since");
  message.last_seen = instant_member(json, "lastSeen");
  if (const auto ms = ms_member(json, "durationMs")) message.duration = Millis{*ms};
}

}  // namespace

std::string_view kind_name(MessageKind kind) {
  return kKinds[static_cast<size_t>(kind)];
}

std::optional<MessageKind> kind_named(std::string_view name) {
  const auto found = std::find(std::begin(kKinds), std::end(kKinds), name);
  if (found == std::end(kKinds)) return std::nullopt;
  return static_cast<MessageKind>(found - std::begin(kKinds));
}

void print_message(JsonWriter& json, const Message& message) {
  json.begin_object().member("kind", kind_name(message.kind));
  for (const auto& [name, field] : kTexts) {
    if (!(message.*field).empty()) json.member(name, message.*field);
  }
  for (const auto& [name, field] : kObjects) {
    if (!(message.*field).empty()) json.key(name).raw(message.*field);
  }
  print_times(json, message);
  if (!message.outages.empty()) print_outages(json.key("outages"), message.outages);
  if (message.more_outages != 0) json.member("moreOutages", message.more_outages);
  print_lines(json, message);
  json.end_object();
}

std::string write_message(const Message& message) {
  JsonWriter json;
  print_message(json, message);
  return json.take();
}

std::optional<Message> message_from(const Json& json) {
  const auto kind = kind_named(string_member(json, "kind").value_or(""));
  const auto timestamp = instant_member(json, "timestamp");
  if (!kind || !timestamp) return std::nullopt;
  Message message{.kind = *kind, .timestamp = *timestamp};
  for (const auto& [name, field] : kTexts) message.*field = string_member(json, name).value_or("");
  for (const auto& [name, field] : kObjects) message.*field = object_member(json, name);
  read_times(json, message);
  message.lines = lines_of(json);
  message.more = count_member(json, "more");
  message.outages = outages_of(json);
  message.more_outages = count_member(json, "moreOutages");
  return message;
}

std::optional<Message> read_message(std::string_view text) {
  const std::optional<Json> json = parse_json(text);
  return json ? message_from(*json) : std::nullopt;
}

std::string message_id(const Message& message) {
  const std::string whole = message.dedup_key + '\n' + std::string(kind_name(message.kind)) + '\n' +
                            message.status + '\n' + iso(message.timestamp);
  return "msg_" + hex(sha256(whole)).substr(0, 32);
}

}  // namespace hb
