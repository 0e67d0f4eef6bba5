#include "alerts/external_alert.hpp"

#include <algorithm>

#include "alerts/external_fields.hpp"
#include "alerts/external_groups.hpp"
#include "text/ascii.hpp"
#include "text/json.hpp"
#include "text/sha256.hpp"

namespace hb {
namespace {

using Parsed = std::variant<std::vector<ExternalAlert>, Error>;

Error bad(std::string_view text) {
  return {400, std::string(text)};
}

bool is_text(const Json& json, std::string_view name) {
  return string_member(json, name).has_value();
}

// What does not have to be there, but has to be of its type when it is.
std::optional<Error> wrong_type(const Json& json) {
  for (const char* name : {"severity", "source", "status", "dedupKey", "url"}) {
    const Json* found = member(json, name);
    if (found != nullptr && !found->is_null() && scalar_text(*found).empty() && !found->is_string())
      return bad(std::string(name) + " must be text");
  }
  for (const char* name : {"labels", "annotations"}) {
    const Json* found = member(json, name);
    if (found != nullptr && !found->is_null() && !found->is_object())
      return bad(std::string(name) + " must be an object");
  }
  return std::nullopt;
}

// The field, else the label, else the annotation.
std::vector<std::string> channels_of(const Json& json, const Json* labels, const Json* annotations) {
  for (const Json* from : {&json, labels, annotations}) {
    if (from == nullptr) continue;
    for (const char* name : {"channels", "channel"}) {
      // As labels, only the plural is ours.
      if (from != &json && std::string_view(name) == "channel") continue;
      if (auto names = channel_names(member(*from, name)); !names.empty()) return names;
    }
  }
  return {};
}

ExternalAlert generic_alert(const Json& json) {
  const Json* labels = member(json, "labels");
  const Json* annotations = member(json, "annotations");
  const std::string source = scalar_member(json, "source");
  const std::string own = scalar_member(json, "severity");
  const std::string severity = own.empty() ? first_member(labels, {"severity"}) : own;
  const std::string status = scalar_member(json, "status");
  ExternalAlert alert{.title = scalar_member(json, "title"),
                      .message = scalar_member(json, "message"),
                      .severity = std::string(known_severity(severity)),
                      .source = source.empty() ? "external" : source,
                      .is_resolved = is_resolved_word(status.empty() ? severity : status),
                      .fingerprint = scalar_member(json, "dedupKey"),
                      .url = scalar_member(json, "url"),
                      .labels = bounded_object(labels),
                      .annotations = bounded_object(annotations),
                      .channels = channels_of(json, labels, annotations)};
  bound(alert);
  return alert;
}

Parsed parse_generic(const Json& json) {
  for (const char* name : {"title", "message"}) {
    if (!is_text(json, name) || trimmed(*string_member(json, name)).empty())
      return bad(std::string(name) + " must be text that is not empty");
  }
  if (auto error = wrong_type(json)) return *error;
  return std::vector{generic_alert(json)};
}

bool is_legacy_grafana(const Json& json) {
  const bool has_rule = is_text(json, "ruleName") || is_text(json, "ruleUrl") || member(json, "evalMatches");
  return has_rule && is_text(json, "state");
}

bool is_grafana(const Json& json) {
  return member(json, "orgId") != nullptr || is_text(json, "state") || is_text(json, "title");
}

Parsed parse_group(const Json& json) {
  auto alerts = alerts_of_group(json, is_grafana(json) ? "grafana" : "alertmanager");
  if (alerts.empty()) return bad("alerts must be a list with at least one alert");
  return alerts;
}

std::string digest(std::string_view text) {
  return hex(sha256(text)).substr(0, 32);
}

}  // namespace

Parsed parse_alerts(std::string_view body) {
  const std::optional<Json> json = parse_json(body);
  if (!json) return bad("The body must be JSON");
  if (!json->is_object()) return bad("The body must be a JSON object");
  if (member(*json, "alerts") != nullptr) return parse_group(*json);
  if (is_legacy_grafana(*json)) return std::vector{alert_of_legacy_grafana(*json)};
  return parse_generic(*json);
}

std::string_view known_severity(std::string_view word) {
  const std::string small = lower(trimmed(word));
  for (const std::string_view known : {"critical", "error", "info"}) {
    if (small == known) return known;
  }
  return small == "ok" ? "info" : "warning";
}

Status event_of(const ExternalAlert& alert) {
  if (alert.is_resolved || alert.severity == "info") return Status::up;
  return alert.severity == "warning" ? Status::degraded : Status::down;
}

std::string alert_key(const ExternalAlert& alert) {
  if (!alert.fingerprint.empty()) return "alert:" + alert.fingerprint;
  return "alert:" + digest(alert.source + '\n' + alert.title + '\n' + alert.labels);
}

Alert history_entry(const ExternalAlert& alert, Time now) {
  const bool is_known = !alert.fingerprint.empty() && alert.starts_at.has_value();
  const std::string status = alert.is_resolved ? "resolved" : "firing";
  // The page and the API know three severities.
  const std::string severity = alert.is_resolved           ? "info"
                               : alert.severity == "error" ? "critical"
                                                           : alert.severity;
  return {
      .id = alert_key(alert) + ":" + std::to_string(to_ms(is_known ? *alert.starts_at : now)) + ":" + status,
      .title = alert.title,
      .message = alert.message,
      .severity = severity,
      .source = alert.source,
      .status = status,
      .timestamp = now,
      .labels = alert.labels,
      .url = alert.url};
}

Message alert_message(const ExternalAlert& alert, Time now) {
  const bool has_past = alert.is_resolved && alert.starts_at && *alert.starts_at <= now;
  return {.kind = MessageKind::alert,
          .title = alert.title,
          .text = alert.message,
          .severity = alert.is_resolved ? "info" : alert.severity,
          .status = alert.is_resolved ? "resolved" : "firing",
          .source = alert.source,
          .timestamp = now,
          .since = alert.starts_at,
          .duration = has_past ? std::optional(now - *alert.starts_at) : std::nullopt,
          .url = alert.url,
          .labels = alert.labels,
          .annotations = alert.annotations,
          .dedup_key = alert_key(alert)};
}

}  // namespace hb
