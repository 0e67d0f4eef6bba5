// POST /api/heartbeat and POST /api/heartbeat/<serviceId>: who is it, may they, and what is to be stored.

#include <algorithm>
#include <span>

#include "accepted.hpp"
#include "handlers.hpp"
#include "heartbeat.hpp"
#include "http.hpp"
#include "json_writer.hpp"
#include "latest.hpp"
#include "secrets.hpp"
#include "tally.hpp"
#include "utf8.hpp"

namespace hb {
namespace {

constexpr std::string_view kPath = "/api/heartbeat";
constexpr int kRetryAfterSeconds = 10;
constexpr size_t kMaxEcho = 200;  // bytes of an id that an answer repeats

const Error kBadApiKeys{500, "Server configuration error"};

// The service that the heartbeat is accepted for, or why it is not.
using Admission = std::variant<const Service*, Error>;

// What is wrong with the key, if anything.
std::optional<Error> key_error(const Config& config, const Service& service, std::string_view key) {
  if (!service.auth_required) return std::nullopt;
  const ApiKeys::State state = config.secrets.api_keys.state;
  if (state == ApiKeys::State::damaged) return kBadApiKeys;
  if (state == ApiKeys::State::unset) return Error{401, "Server misconfigured: API_KEYS not set"};
  const auto expected = expected_key(config, service);
  if (!expected) return Error{401, "No API key configured for this service"};
  if (!equal_in_constant_time(key, *expected)) return Error{401, "Invalid API key"};
  return std::nullopt;
}

Admission admit(const Context& context, std::string_view id, const std::optional<std::string>& token) {
  const Service* service = context.config.find(id);
  if (service == nullptr) return Error{404, "Unknown serviceId"};
  const std::string_view key = token ? *token : bearer(context.event.authorization);
  if (auto error = key_error(context.config, *service, key)) return *error;
  return service;
}

std::string warning_of(const std::vector<std::string>& without_metadata) {
  std::string ids;
  for (const std::string& id : without_metadata) ids += (ids.empty() ? "" : ", ") + id;
  return "The metadata of " + ids + " was left out: it takes more than 4096 bytes as JSON";
}

std::string latest_of(const Event& event, std::span<const Admitted> admitted) {
  std::vector<Beat> beats;
  for (const auto& [id, heartbeat] : admitted) {
    beats.push_back({id, event.now, heartbeat->status, heartbeat->message});
  }
  return latest_of(beats);
}

// KV takes what is to be remembered of the heartbeats, the collector all of it.
Outcome stored(const Event& event, const Heartbeat& for_all, std::span<const Admitted> admitted,
               Reply reply) {
  Outcome outcome{.reply = std::move(reply)};
  if (admitted.empty()) return outcome;
  const bool is_alone = event.place == Place::alone;
  outcome.merges.push_back({Key::latest, is_alone ? latest_of(event, admitted)
                                                  : print_accepted(event, event.memo, for_all, admitted)});
  outcome.refused = unavailable("The heartbeat could not be stored; send it again", kRetryAfterSeconds);
  return outcome;
}

Outcome log_bad_keys(Outcome outcome) {
  outcome.logs.push_back(
      {Level::error, "API_KEYS, or one of API_KEYS_2, API_KEYS_3, …, is not a JSON object of texts"});
  return outcome;
}

Outcome single(const Context& context, const Heartbeat& heartbeat, const Service& service) {
  JsonWriter json;
  json.begin_object().member("success", true).member("message", "Heartbeat received");
  json.member("timestamp", iso(context.event.now));
  if (heartbeat.metadata_left_out) json.member("warning", warning_of({service.id}));
  const Admitted admitted[] = {{service.id, &heartbeat}};
  return stored(context.event, heartbeat, admitted, json_reply(200, json.end_object().take()));
}

Outcome refused(const Error& error) {
  return error == kBadApiKeys ? log_bad_keys(outcome_of(error)) : outcome_of(error);
}

// Who it is and whether they may comes before what they have to say, so that a typo in the id does not read
// as anything else and strangers learn nothing from how their body is read.
Outcome admitted_single(const Context& context, std::string_view service_id, const ParsedHeartbeat& parsed) {
  const Admission admission = admit(context, service_id, std::nullopt);
  if (const auto* error = std::get_if<Error>(&admission)) return refused(*error);
  if (const auto* error = std::get_if<Error>(&parsed)) return outcome_of(*error);
  return single(context, std::get<Heartbeat>(parsed), *std::get<const Service*>(admission));
}

// One entry of a batch and what became of it.
struct EntryResult {
  std::string service_id{};
  std::optional<Error> error{};
};

class Batch {
 public:
  Batch(const Context& context, const Heartbeat& for_all) : context_(context), for_all_(for_all) {}

  void add(const ParsedHeartbeat& parsed) {
    if (const auto* error = std::get_if<Error>(&parsed)) return results_.push_back({"unknown", *error});
    const auto& heartbeat = std::get<Heartbeat>(parsed);
    const std::string echo(first_bytes(heartbeat.service_id, kMaxEcho));
    const Admission admission = admit(context_, heartbeat.service_id, heartbeat.token);
    if (const auto* error = std::get_if<Error>(&admission)) return results_.push_back({echo, *error});
    results_.push_back({echo, std::nullopt});
    beats_.push_back({std::get<const Service*>(admission)->id, &heartbeat});
    if (heartbeat.metadata_left_out) without_metadata_.push_back(echo);
  }

  Outcome outcome() const {
    const bool bad_keys = std::any_of(results_.begin(), results_.end(),
                                      [](const EntryResult& result) { return result.error == kBadApiKeys; });
    if (bad_keys) return refused(kBadApiKeys);
    return stored(context_.event, for_all_, beats_, json_reply(status(), body()));
  }

 private:
  int status() const {
    if (beats_.size() == results_.size()) return 200;
    if (!beats_.empty()) return 207;
    const int first = results_.front().error->status;
    const bool alike = std::all_of(results_.begin(), results_.end(),
                                   [&](const EntryResult& result) { return result.error->status == first; });
    return alike ? first : 400;
  }

  std::string message() const {
    const std::string accepted = std::to_string(beats_.size());
    if (beats_.empty()) return "All heartbeats failed";
    if (beats_.size() == results_.size()) return "Batch heartbeat received for " + accepted + " service(s)";
    const std::string failed = std::to_string(results_.size() - beats_.size());
    return "Partial success: " + accepted + " succeeded, " + failed + " failed";
  }

  std::string body() const {
    const std::string timestamp = iso(context_.event.now);
    JsonWriter json;
    json.begin_object().member("success", !beats_.empty()).member("message", message());
    if (!beats_.empty()) json.member("timestamp", timestamp);
    if (!without_metadata_.empty()) json.member("warning", warning_of(without_metadata_));
    json.key("results").begin_array();
    for (const auto& [id, error] : results_) {
      json.begin_object().member("serviceId", id).member("success", !error);
      error ? json.member("error", error->text) : json.member("timestamp", timestamp);
      json.end_object();
    }
    return json.end_array().end_object().take();
  }

  const Context& context_;
  const Heartbeat& for_all_;
  std::vector<EntryResult> results_{};
  std::vector<Admitted> beats_{};
  std::vector<std::string> without_metadata_{};
};

Outcome one_line(const Context& context, std::string_view segment) {
  const std::string id = decoded_path(segment);
  return admitted_single(context, id, parse_one_line(id, context.event.body));
}

Outcome in_body(const Context& context) {
  const auto parsed = parse_heartbeats(context.event.body);
  if (const auto* error = std::get_if<Error>(&parsed)) return outcome_of(*error);
  const auto& request = std::get<HeartbeatRequest>(parsed);
  if (request.form == HeartbeatRequest::Form::single) {
    return admitted_single(context, request.service_id, request.heartbeats.front());
  }
  Batch batch(context, request.for_all);
  for (const ParsedHeartbeat& heartbeat : request.heartbeats) batch.add(heartbeat);
  return batch.outcome();
}

Outcome answered(const Context& context) {
  std::string_view path = context.event.path;
  if (path.ends_with('/')) path.remove_suffix(1);
  return path == kPath ? in_body(context) : one_line(context, path.substr(kPath.size() + 1));
}

// What was refused since the last accepted request; the next one takes it along to the collector.
std::string refused_since(const Event& event, int status) {
  if (status < 400) return {};
  Tally tally = read_tally(event.memo);
  ++tally[std::to_string(status)];
  return write_tally(tally);
}

}  // namespace

Outcome post_heartbeat(const Context& context) {
  Outcome outcome = answered(context);
  if (context.event.place == Place::edge) outcome.memo = refused_since(context.event, outcome.reply.status);
  return outcome;
}

}  // namespace hb
