// GET /api/incidents: as far back as recent:alerts goes, or all that the collector keeps.

#include <algorithm>

#include "api/lookup.hpp"
#include "api/past.hpp"
#include "check/incidents.hpp"
#include "collector/write_ahead_log.hpp"
#include "event/handlers.hpp"
#include "event/http.hpp"
#include "text/json_writer.hpp"

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

JsonWriter print(const Context& context, const PastRequest& request, std::span<const Change> changes) {
  const std::vector<Incident> incidents = incidents_of(changes);
  std::vector<Time> starts;
  starts.reserve(incidents.size());
  for (const Incident& incident : incidents) starts.push_back(incident.start);
  const PageBounds page = page_of(request, starts);
  JsonWriter json;
  json.begin_object().member("serviceId", request.id);
  json.key("incidents").begin_array();
  for (size_t i = page.begin; i < page.end; ++i) print_incident(json, incidents[i], context.event.now);
  json.end_array().member("next", page.next);
  return json;
}

// The present one and earlier ones.
std::vector<std::string> ids_of(const Context& context, const PastRequest& request) {
  std::vector<std::string> ids{request.id};
  if (!request.service) return ids;
  const auto& previous_ids = context.config.services[*request.service].previous_ids;
  ids.insert(ids.end(), previous_ids.begin(), previous_ids.end());
  return ids;
}

std::vector<Range> rows_of(std::span<const std::string> ids) {
  std::vector<Range> rows;
  for (const std::string& id : ids) {
    const Range row{changes_key(id)};
    if (std::find(rows.begin(), rows.end(), row) == rows.end()) rows.push_back(row);
  }
  return rows;
}

std::vector<Change> stored_changes(const Event& event, std::span<const std::string> ids) {
  std::vector<Change> all;
  for (const std::string& id : ids) {
    const std::vector<Change> changes = read_changes(event.row(changes_key(id)), id);
    all.insert(all.end(), changes.begin(), changes.end());
  }
  std::stable_sort(all.begin(), all.end(),
                   [](const Change& one, const Change& other) { return one.at < other.at; });
  return all;
}

}  // namespace

Outcome get_incidents(const Context& context) {
  const auto parsed = parse_past_request(context);
  if (const auto* error = std::get_if<Error>(&parsed)) return outcome_of(*error);
  if (auto reply = unreadable(context.event)) return outcome_of(std::move(*reply));
  const auto& request = std::get<PastRequest>(parsed);
  const auto alerts = alerts_of(context.config, *request.service, context.document(Key::alerts).bytes);
  JsonWriter json = print(context, request, changes_of(alerts));
  return outcome_of(json_reply(200, json.member("complete", false).end_object().take()));
}

Reads reads_to_get_incidents(const Context& context) {
  const auto parsed = parse_past_request(context);
  if (std::holds_alternative<Error>(parsed)) return {};
  return {.rows = rows_of(ids_of(context, std::get<PastRequest>(parsed)))};
}

Outcome get_collector_incidents(const Context& context) {
  const auto parsed = parse_past_request(context);
  if (const auto* error = std::get_if<Error>(&parsed)) return outcome_of(*error);
  const auto& request = std::get<PastRequest>(parsed);
  JsonWriter json = print(context, request, stored_changes(context.event, ids_of(context, request)));
  return outcome_of(json_reply(200, json.end_object().take()));
}

}  // namespace hb
