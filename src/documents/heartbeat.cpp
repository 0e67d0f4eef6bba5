#include "documents/heartbeat.hpp"

#include <algorithm>
#include <array>

#include "documents/plain_heartbeats.hpp"
#include "text/ascii.hpp"
#include "text/json.hpp"
#include "text/utf8.hpp"

namespace hb {
namespace {

const Error kBadFormat{400, "Invalid service format"};
const Error kSingleTooLarge{413, "A heartbeat takes up to 65536 bytes"};

std::string cut_message(std::string_view text) {
  return std::string(last_characters(text, kMaxMessage));
}

// The words by which programs say how it went.
struct StatusWord {
  std::string_view word;
  Status status;
};

constexpr std::array<StatusWord, 10> kStatusWords{{{"up", Status::up},
                                                   {"ok", Status::up},
                                                   {"success", Status::up},
                                                   {"degraded", Status::degraded},
                                                   {"warn", Status::degraded},
                                                   {"warning", Status::degraded},
                                                   {"down", Status::down},
                                                   {"fail", Status::down},
                                                   {"failed", Status::down},
                                                   {"error", Status::down}}};

std::optional<Status> status_meant(std::string_view word) {
  const std::string small = lower(trimmed(word));
  const auto found = std::find_if(kStatusWords.begin(), kStatusWords.end(),
                                  [&](const StatusWord& one) { return one.word == small; });
  return found == kStatusWords.end() ? std::nullopt : std::optional(found->status);
}

// A member that is null counts as absent. Only what decides something, the status and the token, must not be.
const Json* present(const Json& object, std::string_view key) {
  const Json* found = member(object, key);
  return found == nullptr || found->is_null() ? nullptr : found;
}

std::optional<Error> read_signal(const Json& object, Heartbeat& heartbeat) {
  const Json* json = present(object, "signal");
  if (json == nullptr) return std::nullopt;
  const std::string word = as_string(*json).value_or("");
  const bool is_end = word == "success" || word == "fail";
  const auto signal = is_end ? Signal::end : signal_named(word);
  if (!signal) return Error{400, "signal must be one of success, fail, start, log, progress"};
  heartbeat.signal = *signal;
  if (is_end) heartbeat.status = word == "fail" ? Status::down : Status::up;
  return std::nullopt;
}

std::optional<Error> read_run_id(const Json& object, Heartbeat& heartbeat) {
  const Json* json = present(object, "runId");
  if (json == nullptr) return std::nullopt;
  const auto id = as_string(*json);
  if (!id || last_characters(*id, kMaxRunId).size() != id->size())
    return Error{400, "runId must be text of up to 100 characters"};
  heartbeat.run_id = *id;
  return std::nullopt;
}

// An exit code says it when no word does.
std::optional<Error> read_exit_code(const Json& object, Heartbeat& heartbeat) {
  const Json* json = member(object, "exitCode");
  if (json == nullptr) return std::nullopt;
  heartbeat.exit_code = as_integer(*json);
  if (!heartbeat.exit_code) return Error{400, "exitCode must be a whole number; 0 is up, any other down"};
  heartbeat.status = *heartbeat.exit_code == 0 ? Status::up : Status::down;
  return std::nullopt;
}

// What claims to be a status and is none is refused: it must not count as up.
std::optional<Error> read_status(const Json& object, Heartbeat& heartbeat) {
  const Json* json = member(object, "status");
  const char* const name = json != nullptr ? "status" : "state";
  if (json == nullptr) json = member(object, "state");
  if (json == nullptr) return read_exit_code(object, heartbeat);
  heartbeat.exit_code = integer_member(object, "exitCode");
  const auto status = status_meant(as_string(*json).value_or(""));
  if (!status) {
    return Error{400,
                 std::string(name) +
                     " must be one of up, ok, success, degraded, warn, warning, down, fail, failed, error"};
  }
  heartbeat.status = *status;
  return std::nullopt;
}

std::optional<Error> read_message(const Json& object, Heartbeat& heartbeat) {
  const Json* json = present(object, "message");
  if (json == nullptr) return std::nullopt;
  const auto message = as_string(*json);
  if (!message) return Error{400, "message must be text"};
  heartbeat.message = cut_message(*message);
  return std::nullopt;
}

// Without what escaping `<` adds.
size_t size_as_sent(std::string_view json) {
  static constexpr std::string_view kEscape = "\\u003c";
  size_t escapes = 0;
  for (size_t at = json.find(kEscape); at != json.npos; at = json.find(kEscape, at + 1)) ++escapes;
  return json.size() - escapes * (kEscape.size() - 1);
}

std::optional<Error> read_metadata(const Json& object, Heartbeat& heartbeat) {
  const Json* json = present(object, "metadata");
  if (json == nullptr) return std::nullopt;
  if (!json->is_object()) return Error{400, "metadata must be an object"};
  heartbeat.metadata = dump(*json);
  heartbeat.metadata_left_out = size_as_sent(heartbeat.metadata) > kMaxMetadata;
  if (heartbeat.metadata_left_out) heartbeat.metadata.clear();
  return std::nullopt;
}

std::optional<Error> read_duration(const Json& object, Heartbeat& heartbeat) {
  const Json* json = present(object, "durationMs");
  if (json == nullptr) return std::nullopt;
  heartbeat.duration_ms = as_number(*json);
  if (!heartbeat.duration_ms || *heartbeat.duration_ms < 0) {
    return Error{400, "durationMs must be a number of milliseconds, 0 or more"};
  }
  return std::nullopt;
}

// The fields that a heartbeat and a whole batch have in common.
std::optional<Error> read_fields(const Json& object, Heartbeat& heartbeat) {
  if (auto error = read_signal(object, heartbeat)) return error;
  if (auto error = read_run_id(object, heartbeat)) return error;
  if (auto error = read_status(object, heartbeat)) return error;
  if (string_member(object, "signal") == "fail") heartbeat.status = Status::down;
  if (auto error = read_message(object, heartbeat)) return error;
  if (heartbeat.message.empty() && heartbeat.exit_code.value_or(0) != 0 && heartbeat.status == Status::down)
    heartbeat.message = "exit status " + std::to_string(*heartbeat.exit_code);
  if (auto error = read_metadata(object, heartbeat)) return error;
  return read_duration(object, heartbeat);
}

ParsedHeartbeat read_rest(const Json& body, std::string_view service_id, size_t size) {
  if (size > kMaxSingleBody) return kSingleTooLarge;
  Heartbeat heartbeat{.service_id = std::string(service_id)};
  if (auto error = read_fields(body, heartbeat)) return *error;
  return heartbeat;
}

std::variant<HeartbeatRequest, Error> read_single(const Json& body, size_t size) {
  const Json* id = present(body, "serviceId");
  if (id == nullptr) return Error{400, "serviceId is missing"};
  const std::string service_id = as_string(*id).value_or("");
  if (service_id.empty()) return Error{400, "serviceId must be the id of a service"};
  return HeartbeatRequest{.service_id = service_id, .heartbeats = {read_rest(body, service_id, size)}};
}

ParsedHeartbeat read_entry(const Json& entry, const Heartbeat& for_all) {
  Heartbeat heartbeat = for_all;
  if (entry.is_object()) {
    const Json* token = member(entry, "token");
    if (token != nullptr) heartbeat.token = as_string(*token);
    if (token != nullptr && !heartbeat.token) return kBadFormat;
    heartbeat.service_id = string_member(entry, "serviceId").value_or("");
    if (read_fields(entry, heartbeat)) return kBadFormat;
  } else {
    heartbeat.service_id = as_string(entry).value_or("");
  }
  if (heartbeat.service_id.empty()) return kBadFormat;
  return heartbeat;
}

std::variant<HeartbeatRequest, Error> read_batch(const Json& body, const Json& services) {
  if (!services.is_array() || elements(services).empty()) {
    return Error{400, "services must be a list with at least one service"};
  }
  if (elements(services).size() > kMaxBatchEntries) {
    return Error{413, "A batch takes up to 5000 services; send the rest in another one"};
  }
  Heartbeat for_all;
  if (auto error = read_fields(body, for_all)) return *error;
  HeartbeatRequest request{.form = HeartbeatRequest::Form::batch, .for_all = for_all};
  for (const Json& entry : elements(services)) {
    request.heartbeats.push_back(read_entry(entry, for_all));
    if (!std::holds_alternative<Error>(request.heartbeats.back())) continue;
    if (auto id = string_member(entry, "serviceId"); id && !id->empty())
      request.named.emplace(request.heartbeats.size() - 1, *std::move(id));
  }
  return request;
}

constexpr std::string_view kBlanks = " \t\r\n";

bool is_blank(std::string_view text) {
  return text.find_first_not_of(kBlanks) == text.npos;
}

// All that a message can be made of; it may begin inside a character, which is cut off with the rest.
std::string_view last_bytes(std::string_view text) {
  static constexpr size_t kMost = 4 * kMaxMessage + 3;
  return text.substr(text.size() - std::min(text.size(), kMost));
}

bool looks_like_an_object(std::string_view text) {
  return text[text.find_first_not_of(kBlanks)] == '{';
}

}  // namespace

std::variant<HeartbeatRequest, Error> parse_heartbeats(std::string_view body) {
  if (auto plain = parse_plain_heartbeats(body)) return std::move(*plain);
  return parse_any_heartbeats(body);
}

std::variant<HeartbeatRequest, Error> parse_any_heartbeats(std::string_view body) {
  if (body.size() > kMaxBatchBody) return Error{413, "A batch takes up to 1048576 bytes"};
  const auto json = parse_json(body);
  if (!json && body.size() > kMaxSingleBody) return kSingleTooLarge;
  if (!json) return Error{400, "The body must be JSON"};
  if (!json->is_object()) return Error{400, "The body must be a JSON object with serviceId or services"};
  const Json* services = present(*json, "services");
  return services == nullptr ? read_single(*json, body.size()) : read_batch(*json, *services);
}

ParsedHeartbeat parse_one_line(std::string_view service_id, std::string_view body) {
  Heartbeat heartbeat{.service_id = std::string(service_id)};
  if (is_blank(body)) return heartbeat;
  const bool is_like_an_object = looks_like_an_object(body);
  if (body.size() > kMaxSingleBody && is_like_an_object) return kSingleTooLarge;
  const auto json = body.size() > kMaxSingleBody ? std::nullopt : parse_json(body);
  if (!json && is_like_an_object) return Error{400, "The body is no JSON object that can be read"};
  if (!json || !json->is_object()) {
    heartbeat.message = cut_message(valid_utf8(last_bytes(body)));
    return heartbeat;
  }
  const Json* named = present(*json, "serviceId");
  if (present(*json, "services") != nullptr || (named != nullptr && as_string(*named) != service_id)) {
    return Error{400, "The body names another service than the path"};
  }
  if (auto error = read_fields(*json, heartbeat)) return *error;
  return heartbeat;
}

}  // namespace hb
