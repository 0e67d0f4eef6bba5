// GET /api/alerts/recent: the alerts of the last hours, filtered.
//
// `periodHours` is `hours`, or with `since` the hours from then until now; `hours` 0 stands for all. `since` itself
// is outside of the period, so that a poller may ask from the newest one on that it has. Readers get what KV has;
// who has the key gets it from the collector, where a posted alert is at once. Letters are compared without their case as far as they are ASCII.

#include <algorithm>

#include "api/authorization.hpp"
#include "api/lookup.hpp"
#include "collector/rows.hpp"
#include "documents/alerts.hpp"
#include "event/handlers.hpp"
#include "event/http.hpp"
#include "text/ascii.hpp"
#include "text/json.hpp"
#include "text/json_writer.hpp"

namespace hb {
namespace {

using std::chrono::hours;

constexpr int64_t kMaxHours = 8760;

struct Filter {
  Time since{};
  double period_hours = 0;
  size_t limit = 20;
  std::vector<std::string> severities{};  // none: all
  std::string source{};                   // empty: all
  std::string text{};
};

std::string lower(std::string text) {
  for (char& c : text) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return text;
}

// Of the last so many hours, inclusive; what is compared with it is later.
Time begin_of(double last_hours, Time now) {
  if (last_hours == 0) return Time::min();
  const double ms = last_hours * static_cast<double>(Millis{hours{1}}.count());
  return now - Millis{static_cast<int64_t>(ms)} - 1ms;
}

std::variant<Filter, Error> parse_filter(const Settings& settings, Time now, const Query& query) {
  const auto since = query.time("since");
  if (const auto* error = std::get_if<Error>(&since)) return *error;
  const auto usual_hours = static_cast<double>(settings.default_recent_period / hours{1});
  const auto given_hours = query.fraction("hours", 0, kMaxHours, usual_hours);
  if (const auto* error = std::get_if<Error>(&given_hours)) return *error;
  const auto limit = query.number("limit", 1, 1000, settings.default_recent_limit);
  if (const auto* error = std::get_if<Error>(&limit)) return *error;
  const Time begin =
      std::get<std::optional<Time>>(since).value_or(begin_of(std::get<double>(given_hours), now));
  const Millis period = begin == Time::min() ? Millis{0} : std::max(now - begin, Millis{0});
  return Filter{
      .since = begin,
      .period_hours = static_cast<double>(period.count()) / static_cast<double>(Millis{hours{1}}.count()),
      .limit = static_cast<size_t>(std::get<int64_t>(limit)),
      .severities = comma_separated(lower(query.text("severity").value_or(""))),
      .source = lower(query.text("source").value_or("")),
      .text = lower(query.text("q").value_or(""))};
}

// Labels are searched as "name=value".
void append_labels(std::string& out, std::string_view labels) {
  const std::optional<Json> json = parse_json(labels);
  if (!json) return;
  for (const auto& [name, content] : members(*json)) {
    (((out += '\n') += name) += '=') += as_string(content).value_or(dump(content));
  }
}

bool says(const Config& config, const Alert& alert, const std::string& text) {
  if (text.empty()) return true;
  std::string all = alert.title + '\n' + alert.message + '\n' + alert.service_id;
  if (const Service* service = config.find(alert.service_id))
    ((all += '\n') += service->id + '\n') += service->name;
  append_labels(all, alert.labels);
  return lower(std::move(all)).find(text) != std::string::npos;
}

bool passes(const Config& config, const Filter& filter, const Alert& alert) {
  const auto& severities = filter.severities;
  const bool is_severe = severities.empty() || std::find(severities.begin(), severities.end(),
                                                         lower(alert.severity)) != severities.end();
  return alert.timestamp > filter.since && is_severe &&
         (filter.source.empty() || lower(alert.source) == filter.source) && says(config, alert, filter.text);
}

// A posted alert is in KV once it is published, and with the collector at once.
bool is_for_collector(const Context& context) {
  return context.event.role == Role::edge && !require_alert_key(context);
}

std::string_view stored_alerts(const Context& context) {
  const bool is_collector = context.event.role == Role::collector;
  return is_collector ? context.event.row(kAlertsRow) : context.document(Key::alerts).bytes;
}

std::string print(const Context& context, const Filter& filter) {
  int64_t count = 0;
  JsonWriter json;
  json.begin_object().member("success", true).key("alerts").begin_array();
  for (Alert& alert : read_alerts(stored_alerts(context))) {
    if (static_cast<size_t>(count) == filter.limit) break;
    if (!is_plausible(alert.timestamp, context.event.now)) continue;
    if (!passes(context.config, filter, alert)) continue;
    if (const Service* service = context.config.find(alert.service_id)) alert.service_id = service->id;
    print_alert(json, alert);
    ++count;
  }
  json.end_array().member("count", count).member("periodHours", filter.period_hours);
  return json.end_object().take();
}

}  // namespace

Reads reads_to_get_recent_alerts(const Context& context) {
  if (context.event.role == Role::collector) return {.rows = {{kAlertsRow}}};
  return is_for_collector(context) ? Reads{} : Reads{.documents = {Key::alerts}};
}

Outcome get_recent_alerts(const Context& context) {
  const auto& [config, page, event, session] = context;
  const auto filter = parse_filter(config.settings, event.now, Query(event.request().query));
  if (const auto* error = std::get_if<Error>(&filter)) return outcome_of(*error);
  if (is_for_collector(context)) return Forward{};
  if (auto reply = unreadable(event)) return outcome_of(std::move(*reply));
  return outcome_of(json_reply(200, print(context, std::get<Filter>(filter))));
}

}  // namespace hb
