#include "api/authorized_heartbeats.hpp"

#include <algorithm>

#include "api/authorization.hpp"
#include "config/finder.hpp"
#include "config/secrets.hpp"
#include "text/utf8.hpp"

namespace hb {
namespace {

constexpr size_t kMaxEcho = 200;  // bytes of an id that an answer repeats

const Error kBadApiKeys{500, "Server configuration error"};

// The service that the heartbeat is accepted for, or why it is not.
using Authorization = std::variant<const Service*, Error>;

// The key in a request's header, which is compared once in a row with a key that is expected of many services.
class HeaderKey {
 public:
  explicit HeaderKey(const Context& context) : key_(bearer(context.request().authorization)) {}

  std::string_view key() const { return key_; }
  bool is(std::string_view expected) {
    if (expected.data() != compared_) is_equal_ = equal_in_constant_time(key_, expected);
    compared_ = expected.data();
    return is_equal_;
  }

 private:
  std::string_view key_;
  const char* compared_ = nullptr;
  bool is_equal_ = false;
};

// What is wrong with the key, if anything.
std::optional<Error> key_error(const Context& context, const Service& service, HeaderKey& header,
                               const std::optional<std::string>& token) {
  if (!service.auth_required) return std::nullopt;
  const ApiKeys::State state = context.config.secrets.api_keys.state;
  if (state == ApiKeys::State::damaged) return kBadApiKeys;
  if (state == ApiKeys::State::unset) return Error{401, "Server misconfigured: API_KEYS not set"};
  const auto expected = expected_key(context.config, service);
  if (!expected) return Error{401, "No API key configured for this service"};
  const std::string_view key = token ? std::string_view(*token) : header.key();
  if (key.empty()) return no_key(token ? std::string_view() : context.request().authorization);
  const bool is_right = token ? equal_in_constant_time(key, *expected) : header.is(*expected);
  return is_right ? std::nullopt : std::optional(Error{401, "Invalid API key"});
}

// Says of one id after another of a request what it is authorized for.
class Authorizer {
 public:
  explicit Authorizer(const Context& context)
      : context_(context), finder_(context.config), header_(context) {}

  Authorization authorize(std::string_view id, const std::optional<std::string>& token) {
    const auto position = finder_.find(id);
    if (!position) return Error{404, "Unknown serviceId"};
    const Service& service = context_.config.services[*position];
    if (auto error = key_error(context_, service, header_, token)) return *error;
    return &service;
  }

 private:
  const Context& context_;
  ServiceFinder finder_;
  HeaderKey header_;
};

Done refused(const Error& error) {
  Done done = outcome_of(error);
  if (error == kBadApiKeys) {
    done.logs.push_back(
        {Level::error, "API_KEYS, or one of API_KEYS_2, API_KEYS_3, …, is not a JSON object of texts"});
  }
  return done;
}

// An entry that was read and whose service is known.
void add(AuthorizedHeartbeats& to, const Service& service, const Heartbeat& heartbeat,
         std::string_view echo) {
  to.authorized.push_back({service.id, &heartbeat});
  if (heartbeat.metadata_left_out) to.without_metadata.emplace_back(echo);
  to.results.push_back({echo, std::nullopt});
}

// The id and the key come before the rest of the body, so that a typo in the id does not read as anything
// else and strangers learn nothing from how their body is read.
std::variant<AuthorizedHeartbeats, Done> authorize_single(const Context& context, HeartbeatRequest request) {
  const Authorization authorization = Authorizer(context).authorize(request.service_id, std::nullopt);
  if (const auto* error = std::get_if<Error>(&authorization)) return refused(*error);
  if (const auto* error = std::get_if<Error>(&request.heartbeats.front())) return outcome_of(*error);
  AuthorizedHeartbeats out;
  out.request = std::move(request);
  const Service& service = *std::get<const Service*>(authorization);
  add(out, service, std::get<Heartbeat>(out.request.heartbeats.front()), service.id);
  return out;
}

// What an answer calls an entry that is wrong.
std::string_view name_of(const HeartbeatRequest& request, size_t position) {
  const auto named = request.named.find(position);
  return named == request.named.end() ? std::string_view("unknown") : first_bytes(named->second, kMaxEcho);
}

void add_entry(Authorizer& authorizer, AuthorizedHeartbeats& to, size_t position) {
  const ParsedHeartbeat& parsed = to.request.heartbeats[position];
  if (const auto* error = std::get_if<Error>(&parsed)) {
    return to.results.push_back({name_of(to.request, position), *error});
  }
  const auto& heartbeat = std::get<Heartbeat>(parsed);
  const std::string_view echo = first_bytes(heartbeat.service_id, kMaxEcho);
  const Authorization authorization = authorizer.authorize(heartbeat.service_id, heartbeat.token);
  if (const auto* error = std::get_if<Error>(&authorization)) return to.results.push_back({echo, *error});
  add(to, *std::get<const Service*>(authorization), heartbeat, echo);
}

std::variant<AuthorizedHeartbeats, Done> authorize_batch(const Context& context, HeartbeatRequest request) {
  AuthorizedHeartbeats out;
  out.request = std::move(request);
  out.authorized.reserve(out.request.heartbeats.size());
  out.results.reserve(out.request.heartbeats.size());
  Authorizer authorizer(context);
  for (size_t i = 0; i < out.request.heartbeats.size(); ++i) add_entry(authorizer, out, i);
  const bool has_bad_keys =
      std::any_of(out.results.begin(), out.results.end(),
                  [](const EntryResult& result) { return result.error == kBadApiKeys; });
  if (has_bad_keys) return refused(kBadApiKeys);
  return out;
}

}  // namespace

std::variant<AuthorizedHeartbeats, Done> authorize_body(const Context& context) {
  auto parsed = parse_heartbeats(context.request().body);
  if (const auto* error = std::get_if<Error>(&parsed)) return outcome_of(*error);
  auto& request = std::get<HeartbeatRequest>(parsed);
  const bool is_single = request.form == HeartbeatRequest::Form::single;
  return is_single ? authorize_single(context, std::move(request))
                   : authorize_batch(context, std::move(request));
}

std::variant<AuthorizedHeartbeats, Done> authorize_one_line(const Context& context, const std::string& id) {
  return authorize_single(context,
                          {.service_id = id, .heartbeats = {parse_one_line(id, context.request().body)}});
}

std::optional<Error> refuse_before_the_body(const Context& context) {
  const Request& request = context.request();
  if (!request.is_body_unread) return std::nullopt;
  const std::string_view path = request.path;
  const std::string_view end = path.substr(path.rfind('/', path.size() - 2) + 1);
  const std::string id = decoded_path(end.ends_with('/') ? end.substr(0, end.size() - 1) : end);
  const Authorization authorization = Authorizer(context).authorize(id, std::nullopt);
  const auto* error = std::get_if<Error>(&authorization);
  return error == nullptr ? std::nullopt : std::optional(*error);
}

int status_of(const AuthorizedHeartbeats& heartbeats) {
  const auto& results = heartbeats.results;
  if (heartbeats.authorized.size() == results.size()) return 200;
  if (!heartbeats.authorized.empty()) return 207;
  const int first = results.front().error->status;
  const bool alike = std::all_of(results.begin(), results.end(),
                                 [&](const EntryResult& result) { return result.error->status == first; });
  return alike ? first : 400;
}

std::string partial_message(const AuthorizedHeartbeats& heartbeats) {
  const size_t authorized = heartbeats.authorized.size();
  return std::to_string(authorized) + " succeeded, " +
         std::to_string(heartbeats.results.size() - authorized) + " failed";
}

void print_warning(JsonWriter& json, const AuthorizedHeartbeats& heartbeats) {
  if (heartbeats.without_metadata.empty()) return;
  std::string ids;
  for (const std::string& id : heartbeats.without_metadata) ids += (ids.empty() ? "" : ", ") + id;
  json.member("warning", "The metadata of " + ids + " was left out: it takes more than 4096 bytes as JSON");
}

void print_results(JsonWriter& json, const AuthorizedHeartbeats& heartbeats, Time now) {
  const std::string timestamp = iso(now);
  json.key("results").begin_array();
  for (const auto& [id, error] : heartbeats.results) {
    json.begin_object().raw_key("serviceId").value(id).raw_key("success").value(!error);
    error ? json.member("error", error->text) : json.raw_key("timestamp").raw_string(timestamp);
    json.end_object();
  }
  json.end_array();
}

}  // namespace hb
