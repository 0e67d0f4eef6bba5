#include "check/change_alerts.hpp"

namespace hb {
namespace {

constexpr std::string_view kSource = "monitor";

std::string_view severity(Status status) {
  if (status == Status::down) return "critical";
  return status == Status::degraded ? "warning" : "info";
}

std::string id_of(const Service& service, Time since, std::string_view what) {
  return service.id + ":" + std::to_string(to_ms(since)) + ":" + std::string(what);
}

Alert service_alert(const Service& service, Status status, Time at) {
  return {.title = service.name + " is " + std::string(status_name(status)),
          .severity = std::string(severity(status)),
          .source = std::string(kSource),
          .status = std::string(status_name(status)),
          .timestamp = at,
          .service_id = service.id};
}

// Of the monitor itself. `what` and the instant are its id.
Alert monitor_alert(std::string_view what, Time instant, Time at, std::string title, std::string message) {
  return {.id = std::string(what) + ":" + std::to_string(to_ms(instant)),
          .title = std::move(title),
          .message = std::move(message),
          .severity = "warning",
          .source = std::string(kSource),
          .timestamp = at};
}

std::string change_message(const ServiceState& before, const ServiceState& after) {
  std::string was = "It was " + std::string(status_name(before.status)) + " for " +
                    humanized(after.since - before.since) + ", since " + humanized_time(before.since);
  if (after.status == Status::up) return was;
  if (!after.message.empty()) return after.message;
  return "It reported " + std::string(status_name(after.status));
}

}  // namespace

std::string staleness_sentence(Time last_seen, Millis threshold) {
  return "No heartbeat since " + humanized_time(last_seen) + ", limit " + humanized(threshold);
}

bool is_worth_an_alert(Status before, Status after) {
  return is_problem(after) || (after == Status::up && is_problem(before));
}

Alert change_alert(const Service& service, const ServiceState& before, const ServiceState& after) {
  Alert alert = service_alert(service, after.status, after.since);
  // A state that has just begun to be watched has no past to be named by.
  const Time since = before.watched_since ? before.since : after.since;
  alert.id = id_of(service, since, status_name(after.status));
  alert.message = change_message(before, after);
  return alert;
}

Alert still_down_alert(const Service& service, const ServiceState& state, Time at) {
  Alert alert = service_alert(service, Status::down, at);
  alert.id = id_of(service, state.since, "still-down");
  alert.message = state.message;
  return alert;
}

Alert never_seen_alert(const Service& service, const ServiceState& state, Time at) {
  Alert alert = service_alert(service, Status::unknown, at);
  alert.id = id_of(service, state.since, "never-heard");
  alert.title = service.name + " was never heard";
  alert.message = "No heartbeat has come since it is watched, for " + humanized(at - state.since);
  return alert;
}

Alert passing_alert(const Service& service, const Report& report, Time recovered, Time at) {
  Alert alert = service_alert(service, Status::up, at);
  const std::string status(status_name(report.status));
  alert.id = id_of(service, report.at, "passing");
  alert.title = service.name + " was " + status;
  alert.message =
      "It was " + status + " from " + clock_time(report.at) + " to " + clock_time(recovered) + " UTC";
  if (!report.message.empty()) alert.message += ": " + report.message;
  alert.severity = "warning";
  return alert;
}

Alert loss_alert(Time at) {
  return monitor_alert("kv-missing", at, at, "KV has no monitor:data, or an old one",
                       "Nothing is put there for an hour, in case it comes back or is restored");
}

Alert history_damage_alert(Time at) {
  return monitor_alert(
      "kv-damaged", at, at, "The history in KV is damaged",
      "Some of it cannot be read. Nothing is put there for an hour, in which it can be restored");
}

Alert accepted_loss_alert(Time since, Time at) {
  Alert alert = monitor_alert("kv-lost", since, at, "The history was lost from KV",
                              "KV has had no monitor:data, or one that is old or damaged, since " +
                                  humanized_time(since) +
                                  "; the uptime goes on with what can be read of it, today and yesterday");
  alert.status = "resolved";
  return alert;
}

Alert storage_alert(const std::vector<std::string>& faults, Time at) {
  std::string all;
  for (const std::string& fault : faults) all += (all.empty() ? "" : "; ") + fault;
  Alert alert = monitor_alert("storage", at, at, "The collector's storage was damaged",
                              "It goes on with what can be read. Gone, or in part: " + all);
  alert.id = "storage:" + iso_day(day_of(at)) + ":" + all;
  return alert;
}

Alert lost_storage_alert(Time known_until, Time at) {
  return monitor_alert(
      "storage-lost", at, at, "The collector began with empty storage",
      "It goes on from what KV has, as of " + humanized_time(known_until) +
          ". Gone are the logs, the incidents, messages that were waiting, and what was counted");
}

Alert monitoring_gap_alert(const Span& monitoring_gap, Time at) {
  const Time since = monitoring_gap.since;
  Alert alert = monitor_alert("gap", since, at, "The monitor was blind for " + humanized(at - since),
                              "No check ran from " + humanized_time(since) + " to " + humanized_time(at) +
                                  "; what happened in between is not known");
  alert.status = "resolved";
  return alert;
}

Alert blackout_alert(const Span& blackout, int services, Time at) {
  Alert alert =
      monitor_alert("silence", blackout.since, at, "Everybody is silent",
                    "Nothing heard from any of " + std::to_string(services) + " services since " +
                        humanized_time(blackout.since) + ": they, their network or this monitor's quota");
  alert.severity = "critical";
  alert.status = "firing";
  return alert;
}

Alert blackout_end_alert(const Span& blackout) {
  const Time end = blackout.until.value_or(blackout.since);
  Alert alert = monitor_alert("silence-end", blackout.since, end, "Heartbeats arrive again",
                              "Nothing was heard for " + humanized(end - blackout.since) + ", since " +
                                  humanized_time(blackout.since));
  alert.severity = "info";
  alert.status = "resolved";
  return alert;
}

}  // namespace hb
