// GET /api/services: what is configured, from an allow-list of fields.
//
// `notifications.channels` are the names or types that the service names, or else every enabled channel's
// name: an empty list always means none. `events` are those of the service, or else
// all; a channel may narrow them further.

#include "api/lookup.hpp"
#include "event/handlers.hpp"
#include "event/http.hpp"
#include "text/json_writer.hpp"

namespace hb {
namespace {

std::vector<std::string> enabled_channels(const Config& config) {
  std::vector<std::string> names;
  for (const Channel& channel : config.notifications.channels) {
    if (channel.enabled) names.push_back(channel.name);
  }
  return names;
}

void print_notifications(JsonWriter& json, const Config& config, const Notifications& notifications) {
  json.begin_object().member("enabled", notifications.enabled).key("channels").begin_array();
  const auto& channels = notifications.channels;
  for (const std::string& channel : channels ? *channels : enabled_channels(config)) json.value(channel);
  json.end_array().key("events").begin_array();
  const Events events = notifications.events.value_or(Events{});
  if (events.down) json.value("down");
  if (events.up) json.value("up");
  if (events.degraded) json.value("degraded");
  json.end_array().end_object();
}

void print_service(JsonWriter& json, const Config& config, const Service& service) {
  const Group* group = group_of(config, service);
  json.begin_object().member("id", service.id).member("name", service.name);
  json.member("description", service.description).member("enabled", service.enabled).key("groupId");
  group ? json.value(group->id) : json.value(nullptr);
  json.member("groupName", group_name(config, service));
  json.member("stalenessThreshold", service.staleness_threshold / 1s);
  json.member("uptimeThresholdSet", service.uptime_threshold_set);
  json.member("failureThreshold", service.failure_threshold);
  json.member("successThreshold", service.success_threshold);
  json.member("repeatAlertMinutes", service.repeat_alert_minutes);
  json.key("auth").begin_object().member("required", service.auth_required).end_object();
  json.key("notifications");
  print_notifications(json, config, service.notifications);
  json.end_object();
}

}  // namespace

Outcome get_services(const Context& context) {
  JsonWriter json;
  json.begin_array();
  for (const Service& service : context.config.services) print_service(json, context.config, service);
  return outcome_of(json_reply(200, json.end_array().take()));
}

}  // namespace hb
