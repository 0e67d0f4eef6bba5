#include "documents/status.hpp"

#include <algorithm>

#include "documents/state.hpp"
#include "text/json_writer.hpp"

namespace hb {
namespace {

constexpr Millis kMonitoringGapShownFor = 1h;  // so long after its end

// A time in a document that is neither damage nor the zero that stands for none.
std::optional<Time> remembered(const std::optional<Time>& time, Time now) {
  return time && *time > Time{} && is_plausible(*time, now) ? time : std::nullopt;
}

void count(Counts& counts, Status status) {
  ++counts.total;
  switch (status) {
    case Status::up:
      ++counts.up;
      break;
    case Status::degraded:
      ++counts.degraded;
      break;
    case Status::down:
      ++counts.down;
      break;
    case Status::unknown:
    case Status::paused:
      ++counts.unknown;
      break;
  }
}

std::string stale_text(Time timestamp, Time now) {
  return "No check was stored for " + humanized(now - timestamp) + "; statuses are as of then";
}

std::string monitoring_gap_text(const Span& monitoring_gap) {
  std::string text = "No check ran from " + humanized_time(monitoring_gap.since);
  if (monitoring_gap.until) text += " to " + humanized_time(*monitoring_gap.until);
  return text + "; what happened then is not known";
}

std::string blackout_text(const Span& blackout) {
  return "Nothing heard from any service since " + humanized_time(blackout.since) +
         ": they, their network or this monitor's quota";
}

std::vector<Notice> notices_of(const CurrentStatus& status, Time now, const Suppression& suppression) {
  const std::optional<Time>& timestamp = status.timestamp;
  std::vector<Notice> notices;
  if (timestamp && now - *timestamp > status.stale_after) {
    notices.push_back({"check-stale", stale_text(*timestamp, now), *timestamp});
  }
  const auto& [monitoring_gap, blackout] = suppression;
  if (monitoring_gap && (!monitoring_gap->until || now - *monitoring_gap->until <= kMonitoringGapShownFor)) {
    notices.push_back({"blind-gap", monitoring_gap_text(*monitoring_gap), monitoring_gap->since});
  }
  if (blackout && !blackout->until) {
    notices.push_back({"everybody-silent", blackout_text(*blackout), blackout->since});
  }
  return notices;
}

constexpr std::string_view kMakeKeys =
    ": where the monitor is deployed from, run npm run keys -- --put; or, in Cloudflare's dashboard, under "
    "Workers & "
    "Pages, the Worker, Settings, Variables and Secrets, add the secret API_KEYS with "
    "{\"*\":\"a-long-random-key\"}";

// Why nobody's key can be right, if some service needs one.
std::optional<std::string> fault_of_keys(const Config& config) {
  const auto needs_key = [](const Service& service) { return service.enabled && service.auth_required; };
  if (std::none_of(config.services.begin(), config.services.end(), needs_key)) return std::nullopt;
  const auto& [state, keys, unusable] = config.secrets.api_keys;
  const auto is_key = [](const auto& entry) { return !entry.second.empty(); };
  if (state == ApiKeys::State::damaged) {
    return "No heartbeat that needs a key is accepted, because API_KEYS is not a JSON object of texts";
  }
  if (std::any_of(keys.begin(), keys.end(), is_key)) return std::nullopt;
  return "No heartbeat that needs a key is accepted, because there is none";
}

void print_due(JsonWriter& json, const ServiceStatus& status) {
  json.member("expectedBy", status.expected_by).member("isLate", status.is_late);
  json.member("deadline", status.deadline).key("openRuns").begin_array();
  for (const auto& [id, since, deadline] : status.open_runs) {
    json.begin_object().key("runId");
    id.empty() ? json.value(nullptr) : json.value(id);
    json.member("since", since).member("deadline", deadline).end_object();
  }
  json.end_array();
}

void print_result(JsonWriter& json, const Config& config, Time now, const ServiceStatus& status) {
  const ServiceSummary& summary = status.summary;
  const Service* service = status.service;
  const std::optional<Time>& last_seen = status.last_seen;
  const Group* group = group_of(config, *service);
  json.begin_object().member("serviceId", service->id).member("serviceName", service->name);
  json.member("status", status_name(summary.status)).member("since", summary.since);
  json.member("lastSeen", last_seen).key("timeSinceLastHeartbeat");
  last_seen ? json.value(std::max(now - *last_seen, Millis{0}).count()) : json.value(nullptr);
  json.key("stalenessThreshold");
  service->timing.has_threshold ? json.value(service->staleness_threshold.count()) : json.value(nullptr);
  json.key("groupId");
  group ? json.value(group->id) : json.value(nullptr);
  json.member("groupName", group_name(config, *service)).key("message");
  summary.message.empty() ? json.value(nullptr) : json.value(summary.message);
  if (status.is_timed) print_due(json, status);
  json.end_object();
}

void print_summary(JsonWriter& json, const Config& config, Time now, const CurrentStatus& status) {
  const Counts& counts = status.counts;
  json.begin_object().member("timestamp", *status.timestamp).member("totalServices", counts.total);
  json.member("servicesUp", counts.up).member("servicesDegraded", counts.degraded);
  json.member("servicesDown", counts.down).member("servicesUnknown", counts.unknown);
  json.key("results").begin_array();
  for (const ServiceStatus& service : status.services) print_result(json, config, now, service);
  json.end_array().end_object();
}

}  // namespace

Millis stale_after(const Config& config, Millis pace) {
  const Monitoring& monitoring = config.settings.monitoring;
  return std::max(monitoring.record_interval, pace) + 3 * monitoring.check_interval + 60s;
}

std::optional<Time> last_recorded_check(const Config& config, Time now, std::string_view data) {
  return remembered(read_summary(config, read_monitor_document(data).summary).timestamp, now);
}

CurrentStatus current_status(const Config& config, Time now, std::string_view latest, std::string_view data) {
  const MonitorDocument stored = read_monitor_document(data);
  Summary summary = read_summary(config, stored.summary);
  std::vector<LastHeartbeat> last_heartbeats = read_latest(config, now, latest);
  CurrentStatus status{.timestamp = remembered(summary.timestamp, now),
                       .stale_after = stale_after(config, summary.pace)};
  if (!status.timestamp) summary.services.assign(config.services.size(), {});
  status.services.reserve(config.services.size());
  for (size_t i = 0; i < config.services.size(); ++i) {
    if (!config.services[i].enabled) continue;
    ServiceSummary& last = summary.services[i];
    last.since = remembered(last.since, now);
    count(status.counts, last.status);
    status.services.push_back({&config.services[i], std::move(last), last_heartbeats[i].last_seen,
                               std::move(last_heartbeats[i].runs)});
  }
  status.channels = std::move(summary.channels);
  status.last_day = std::move(summary.last_day);
  const std::string_view text = stored.check_in_front.empty() ? stored.summary : stored.check_in_front;
  status.notices = notices_of(status, now, read_suppression(now, text));
  std::move(summary.notices.begin(), summary.notices.end(), std::back_inserter(status.notices));
  if (const auto fault = fault_of_keys(config)) {
    status.notices.push_back({"keys", *fault + std::string(kMakeKeys), now});
  }
  return status;
}

std::string print_status(const Config& config, Time now, Role role, const CurrentStatus& status) {
  JsonWriter json;
  json.reserve(512 + status.services.size() * 384);
  json.begin_object().key("summary");
  status.timestamp ? print_summary(json, config, now, status) : void(json.value(nullptr));
  print_channels(json.key("channels"), status.channels);
  print_notices(json.key("notices"), status.notices);
  if (status.stale_after > stale_after(config)) json.member("staleAfterSeconds", status.stale_after / 1s);
  if (role == Role::kv_only) json.member("kvLagSeconds", config.settings.monitoring.kv_lag / 1s);
  return json.end_object().take();
}

}  // namespace hb
