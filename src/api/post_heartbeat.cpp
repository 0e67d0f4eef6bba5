// POST /api/heartbeat and POST /api/heartbeat/<serviceId>: what is to be stored, and what is said.

#include <algorithm>
#include <utility>

#include "api/authorized_heartbeats.hpp"
#include "collector/session.hpp"
#include "documents/latest.hpp"
#include "event/handlers.hpp"

namespace hb {
namespace {

constexpr std::string_view kPath = "/api/heartbeat";
constexpr int kResendAfterSeconds = 10;

// A duration counts only where there is a least one.
std::optional<Millis> duration_of(const Config& config, std::string_view id, const Heartbeat& heartbeat) {
  const Service* service = heartbeat.duration_ms ? config.find(id) : nullptr;
  if (service == nullptr || !service->timing.min_runtime) return std::nullopt;
  return Millis{static_cast<int64_t>(std::min(*heartbeat.duration_ms, 1e15))};
}

std::string latest_of(const Context& context, const AuthorizedHeartbeats& heartbeats) {
  std::vector<Beat> beats;
  for (const auto& [id, heartbeat] : heartbeats.authorized) {
    beats.push_back({id,
                     context.event.now,
                     heartbeat->status,
                     heartbeat->message,
                     {heartbeat->signal, heartbeat->run_id, duration_of(context.config, id, *heartbeat)}});
  }
  return latest_of(beats);
}

std::string message_of(const AuthorizedHeartbeats& heartbeats) {
  const auto& [request, authorized, results, without_metadata] = heartbeats;
  if (request.form == HeartbeatRequest::Form::single) return "Heartbeat received";
  if (authorized.empty()) return "All heartbeats failed";
  if (authorized.size() < results.size()) return "Partial success: " + partial_message(heartbeats);
  return "Batch heartbeat received for " + std::to_string(authorized.size()) + " service(s)";
}

Reply reply_to(const AuthorizedHeartbeats& heartbeats, Time now) {
  const bool any = !heartbeats.authorized.empty();
  JsonWriter json;
  json.begin_object().member("success", any).member("message", message_of(heartbeats));
  if (any) json.member("timestamp", iso(now));
  print_warning(json, heartbeats);
  const bool is_batch = heartbeats.request.form == HeartbeatRequest::Form::batch;
  if (is_batch) print_results(json, heartbeats, now);
  return json_reply(status_of(heartbeats), json.end_object().take());
}

const Heartbeat& for_all(const HeartbeatRequest& request) {
  const bool is_batch = request.form == HeartbeatRequest::Form::batch;
  return is_batch ? request.for_all : std::get<Heartbeat>(request.heartbeats.front());
}

// KV takes what is to be remembered of the heartbeats, the collector all of it.
Done stored(const Context& context, const AuthorizedHeartbeats& heartbeats) {
  const Event& event = context.event;
  Done done{.reply = reply_to(heartbeats, event.now)};
  if (heartbeats.authorized.empty()) return done;
  if (event.role == Role::kv_only) {
    done.merges.push_back({Key::latest, latest_of(context, heartbeats)});
  } else {
    Tally& refused = context.session.refused;
    done.append = print_heartbeat_batch(event, std::exchange(refused, {}), for_all(heartbeats.request),
                                        heartbeats.authorized);
  }
  return done;
}

std::variant<AuthorizedHeartbeats, Done> authorized_in(const Context& context) {
  std::string_view path = context.request().path;
  if (path.ends_with('/')) path.remove_suffix(1);
  if (path == kPath) return authorize_body(context);
  return authorize_one_line(context, decoded_path(path.substr(kPath.size() + 1)));
}

Done answered(const Context& context) {
  auto authorized = authorized_in(context);
  if (auto* refusal = std::get_if<Done>(&authorized)) return std::move(*refusal);
  return stored(context, std::get<AuthorizedHeartbeats>(authorized));
}

}  // namespace

Outcome post_heartbeat(const Context& context) {
  if (context.event.is_refused) {
    return outcome_of(unavailable("The heartbeat could not be stored; send it again", kResendAfterSeconds));
  }
  Done done = answered(context);
  const int status = done.reply.status;
  // The next heartbeats take it along to the collector.
  if (context.event.role == Role::edge && status >= 400) ++context.session.refused[std::to_string(status)];
  return done;
}

}  // namespace hb
