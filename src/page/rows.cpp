#include "page/rows.hpp"

#include <algorithm>

#include "page/uptimes.hpp"

namespace hb {
namespace {

// Numbers are printed with two decimals, and what is less than 100 stays so.
double shown(double uptime) {
  return uptime < 100 ? std::min(uptime, 99.99) : uptime;
}

void print_uptimes(JsonWriter& json, const Uptimes& uptimes) {
  json.begin_array();
  for (const std::optional<double>& each : uptimes) json.value(each ? std::optional(shown(*each)) : each);
  json.end_array();
}

bool has_details(const Service& service) {
  return !service.description.empty() || service.uptime_threshold_set != "default" || !service.auth_required;
}

// What a service has besides its status, where it is not the usual.
void print_details(JsonWriter& json, const Service& service) {
  json.begin_object();
  if (!service.description.empty()) json.member("description", service.description);
  if (service.uptime_threshold_set != "default")
    json.member("uptimeThresholdSet", service.uptime_threshold_set);
  if (!service.auth_required) json.key("auth").begin_object().member("required", false).end_object();
  json.end_object();
}

void print_age(JsonWriter& json, const std::optional<Time>& time, Time now) {
  time ? json.value((now - *time).count()) : json.value(nullptr);
}

// Since it was seen last, until it is down.
Millis silence_allowed(const ServiceStatus& status) {
  const bool has_deadline = !status.service->timing.has_threshold && status.deadline && status.last_seen;
  return has_deadline ? *status.deadline - *status.last_seen : status.service->staleness_threshold;
}

void print_row(JsonWriter& json, const PageView& view, const ServiceStatus& status) {
  const Service& service = *status.service;
  const auto& [state, since, message, expectation] = status.summary;
  json.begin_array().value(service.id).value(service.name);
  json.value(service.group.value_or(view.config.groups.size())).value(status_name(state));
  print_age(json, since, view.event.now);
  print_age(json, status.last_seen, view.event.now);
  json.value(silence_allowed(status).count());
  if (!message.empty() || has_details(service)) json.value(message);
  if (has_details(service)) print_details(json, service);
  json.end_array();
}

}  // namespace

void print_groups(JsonWriter& json, const PageView& view) {
  UptimesOfGroups uptimes;
  const bool has_uptimes = view.is_readable && view.config.settings.features.uptime_percentage;
  if (has_uptimes) {
    const History history = view.monitor_document.history();
    uptimes =
        uptimes_of_groups(view.config, view.status.last_day, history, view.cells, day_of(view.event.now));
  }
  if (has_uptimes) print_uptimes(json.key("uptimes"), uptimes.all);
  json.key("groups").begin_array();
  for (size_t i = 0; i <= view.config.groups.size(); ++i) {
    const bool is_group = i < view.config.groups.size();
    json.begin_array().value(is_group ? view.config.groups[i].id : "");
    json.value(is_group ? std::string_view(view.config.groups[i].name) : kUngrouped);
    if (has_uptimes) print_uptimes(json, uptimes.groups[i]);
    json.end_array();
  }
  json.end_array();
}

void print_services(JsonWriter& json, const PageView& view) {
  json.begin_array();
  for (const ServiceStatus& status : view.status.services) print_row(json, view, status);
  json.end_array();
}

}  // namespace hb
