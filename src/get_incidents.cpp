// GET /api/incidents, as far back as recent:alerts goes.

#include <algorithm>

#include "handlers.hpp"
#include "http.hpp"
#include "incidents.hpp"
#include "json.hpp"
#include "lookup.hpp"
#include "past.hpp"

namespace hb {
namespace {

void print_incident(JsonWriter& json, const Incident& incident, Time now) {
  const Millis duration = std::max(incident.end.value_or(now) - incident.start, Millis{0});
  json.begin_object()
      .member("status", status_name(incident.status))
      .member("start", incident.start)
      .member("end", incident.end);
  json.member("durationMs", duration.count()).key("message");
  incident.message.empty() ? json.value(nullptr) : json.value(incident.message);
  json.end_object();
}

std::string print(const Context& context, const PastRequest& request) {
  const Config& config = context.config;
  const auto alerts = alerts_of(config, request.service, context.document(Key::alerts).bytes);
  const std::vector<Incident> incidents = incidents_of(alerts);
  std::vector<Time> starts;
  starts.reserve(incidents.size());
  for (const Incident& incident : incidents) starts.push_back(incident.start);
  const PageBounds page = page_of(request, starts);
  JsonWriter json;
  json.begin_object().member("serviceId", config.services[request.service].id).key("incidents").begin_array();
  for (size_t i = page.begin; i < page.end; ++i) print_incident(json, incidents[i], context.event.now);
  json.end_array();
  end_incomplete(json, page);
  return json.take();
}

}  // namespace

Outcome get_incidents(const Context& context) {
  const auto request = parse_past_request(context.config, Query(context.event.query));
  if (const auto* error = std::get_if<Error>(&request)) return outcome_of(*error);
  if (auto reply = unreadable(context.event)) return outcome_of(std::move(*reply));
  return outcome_of(json_reply(200, print(context, std::get<PastRequest>(request))));
}

}  // namespace hb
