// GET /api/logs. Without the collector there is no log of heartbeats: the service's changes stand in for it.

#include "handlers.hpp"
#include "http.hpp"
#include "json_writer.hpp"
#include "lookup.hpp"
#include "past.hpp"

namespace hb {
namespace {

void print_entry(JsonWriter& json, const Alert& alert) {
  json.begin_object().member("timestamp", alert.timestamp).member("status", alert.status).key("message");
  alert.message.empty() ? json.value(nullptr) : json.value(alert.message);
  for (const char* unknown : {"metadata", "durationMs", "colo", "country"}) json.member(unknown, nullptr);
  json.end_object();
}

std::string print(const Context& context, const PastRequest& request) {
  const Config& config = context.config;
  const auto alerts = alerts_of(config, *request.service, context.document(Key::alerts).bytes);
  std::vector<Time> times;
  times.reserve(alerts.size());
  for (const Alert& alert : alerts) times.push_back(alert.timestamp);
  const PageBounds page = page_of(request, times);
  JsonWriter json;
  json.begin_object().member("serviceId", request.id).key("logs").begin_array();
  for (size_t i = page.begin; i < page.end; ++i) print_entry(json, alerts[i]);
  json.end_array().member("next", page.next).member("complete", false);
  return json.end_object().take();
}

}  // namespace

Outcome get_logs(const Context& context) {
  const auto request = parse_past_request(context);
  if (const auto* error = std::get_if<Error>(&request)) return outcome_of(*error);
  if (auto reply = unreadable(context.event)) return outcome_of(std::move(*reply));
  return outcome_of(json_reply(200, print(context, std::get<PastRequest>(request))));
}

}  // namespace hb
