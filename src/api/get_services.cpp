// GET /api/services: what is configured, from an allow-list of fields.
//
// `notifications.channels` are the names or types that the service names, or else every enabled channel's
// name: an empty list always means none. `events` are those of the service, or else
// all; a channel may narrow them further.
//
// Of a service with a schedule `schedule` has it in words, and its next slots.

#include "api/lookup.hpp"
#include "event/handlers.hpp"
#include "event/http.hpp"
#include "schedule/sentence.hpp"
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

constexpr int64_t kUsualSlots = 3;
constexpr int64_t kMostSlots = 20;

// Those that have a schedule, after a time.
class SlotPrinter {
 public:
  SlotPrinter(const Event& event, int64_t count)
      : zones_(read_utc_offsets(event.zones)), now_(event.now), count_(count) {}

  void print(JsonWriter& json, const Timing& timing) const {
    if (!timing.schedule) return;
    const Schedule& schedule = *timing.schedule;
    json.key("schedule").begin_object().member("text", sentence(schedule)).member("timezone", schedule.zone);
    json.key("next").begin_array();
    std::optional<Time> slot = schedule.lines.empty() ? std::nullopt : next_slot(schedule, now_, zones_);
    for (int64_t i = 0; i < count_ && slot; ++i, slot = next_slot(schedule, *slot, zones_))
      json.value(iso(*slot));
    json.end_array().end_object();
    json.member("grace", timing.grace_or_usual() / 1s).member("early", timing.early_or_usual() / 1s);
  }

 private:
  const std::vector<UtcOffsets> zones_;
  const Time now_;
  const int64_t count_;
};

void print_runtimes(JsonWriter& json, const Timing& timing) {
  if (timing.start_grace) json.member("startGrace", *timing.start_grace / 1s);
  if (timing.max_runtime) json.member("maxRuntime", *timing.max_runtime / 1s);
  if (timing.min_runtime) json.member("minRuntime", *timing.min_runtime / 1s);
}

void print_service(JsonWriter& json, const Config& config, const Service& service, const SlotPrinter& slots) {
  const Group* group = group_of(config, service);
  json.begin_object().member("id", service.id).member("name", service.name);
  json.member("description", service.description).member("enabled", service.enabled).key("groupId");
  group ? json.value(group->id) : json.value(nullptr);
  json.member("groupName", group_name(config, service));
  json.key("stalenessThreshold");
  service.timing.has_threshold ? json.value(service.staleness_threshold / 1s) : json.value(nullptr);
  slots.print(json, service.timing);
  print_runtimes(json, service.timing);
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
  const auto count = Query(context.request().query).number("next", 1, kMostSlots, kUsualSlots);
  if (const auto* error = std::get_if<Error>(&count)) return outcome_of(*error);
  const SlotPrinter slots(context.event, std::get<int64_t>(count));
  JsonWriter json;
  json.begin_array();
  for (const Service& service : context.config.services) print_service(json, context.config, service, slots);
  return outcome_of(json_reply(200, json.end_array().take()));
}

}  // namespace hb
