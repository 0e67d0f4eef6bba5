// POST /api/heartbeat and POST /api/heartbeat/<serviceId>: what is to be stored, and what is said.

#include "api/admitted_heartbeats.hpp"
#include "documents/latest.hpp"
#include "documents/tally.hpp"
#include "event/handlers.hpp"

namespace hb {
namespace {

constexpr std::string_view kPath = "/api/heartbeat";
constexpr int kResendAfterSeconds = 10;

std::string latest_of(const Event& event, const AdmittedHeartbeats& heartbeats) {
  std::vector<Beat> beats;
  for (const auto& [id, heartbeat] : heartbeats.admitted) {
    beats.push_back({id, event.now, heartbeat->status, heartbeat->message});
  }
  return latest_of(beats);
}

std::string message_of(const AdmittedHeartbeats& heartbeats) {
  const auto& [request, admitted, results, without_metadata] = heartbeats;
  if (request.form == HeartbeatRequest::Form::single) return "Heartbeat received";
  if (admitted.empty()) return "All heartbeats failed";
  if (admitted.size() < results.size()) return "Partial success: " + partial_message(heartbeats);
  return "Batch heartbeat received for " + std::to_string(admitted.size()) + " service(s)";
}

Reply reply_to(const AdmittedHeartbeats& heartbeats, Time now) {
  const bool any = !heartbeats.admitted.empty();
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
Outcome stored(const Event& event, const AdmittedHeartbeats& heartbeats) {
  Outcome outcome{.reply = reply_to(heartbeats, event.now)};
  const auto& [request, admitted, results, without_metadata] = heartbeats;
  if (admitted.empty()) return outcome;
  const bool is_alone = event.place == Place::alone;
  outcome.merges.push_back(
      {Key::latest, is_alone ? latest_of(event, heartbeats)
                             : print_accepted(event, event.memo, for_all(request), admitted)});
  outcome.refused = unavailable("The heartbeat could not be stored; send it again", kResendAfterSeconds);
  return outcome;
}

std::variant<AdmittedHeartbeats, Outcome> admitted_in(const Context& context) {
  std::string_view path = context.event.path;
  if (path.ends_with('/')) path.remove_suffix(1);
  if (path == kPath) return admit_in_body(context);
  return admit_one_line(context, decoded_path(path.substr(kPath.size() + 1)));
}

Outcome answered(const Context& context) {
  auto admitted = admitted_in(context);
  if (auto* refusal = std::get_if<Outcome>(&admitted)) return std::move(*refusal);
  return stored(context.event, std::get<AdmittedHeartbeats>(admitted));
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
