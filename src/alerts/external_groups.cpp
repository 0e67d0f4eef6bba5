// https://prometheus.io/docs/alerting/latest/configuration/#webhook_config
// https://grafana.com/docs/grafana/latest/alerting/configure-notifications/manage-contact-points/integrations/webhook-notifier/
#include "alerts/external_groups.hpp"

#include <initializer_list>

#include "alerts/external_fields.hpp"
#include "text/json.hpp"
#include "text/sha256.hpp"

namespace hb {
namespace {

constexpr size_t kMatches = 10;

// Grafana's name of an alert whose rule found no data or failed says nothing of the rule.
std::string title_of(const Json& group, const Json* labels) {
  std::string name = first_member(labels, {"alertname"});
  const std::string rule = first_member(labels, {"rulename"});
  if (!rule.empty() && name == "DatasourceNoData") return rule + ": no data";
  if (!rule.empty() && name == "DatasourceError") return rule + ": error";
  if (!name.empty()) return name;
  const std::string other = first_member(&group, {"title"});
  return other.empty() ? "Alert" : other;
}

std::string message_of(const Json& group, const Json& alert, const Json* annotations) {
  std::string out = first_member(annotations, {"summary", "title"});
  const std::string more = first_member(annotations, {"description", "message"});
  if (!more.empty() && more != out) (out += out.empty() ? "" : "\n") += more;
  if (!out.empty()) return out;
  out = first_member(&alert, {"valueString"});
  return out.empty() ? first_member(&group, {"message"}) : out;
}

std::string status_of(const Json& group, const Json& alert) {
  const std::string own = scalar_member(alert, "status");
  return own.empty() ? first_member(&group, {"status", "state"}) : own;
}

std::vector<std::string> channels_of(const Json* labels, const Json* annotations) {
  for (const Json* from : {labels, annotations}) {
    const Json* list = from == nullptr ? nullptr : member(*from, "channels");
    if (auto names = channel_names(list); !names.empty()) return names;
  }
  return {};
}

// What started at year 1 did not say when.
std::optional<Time> start_of(const Json& alert) {
  const auto time = parse_time(scalar_member(alert, "startsAt"));
  return time && to_ms(*time) > 0 ? time : std::nullopt;
}

ExternalAlert alert_of(const Json& group, const Json& json, std::string_view source) {
  const Json* labels = member(json, "labels");
  const Json* annotations = member(json, "annotations");
  ExternalAlert alert{.title = title_of(group, labels),
                      .message = message_of(group, json, annotations),
                      .source = std::string(source),
                      .is_resolved = is_resolved_word(status_of(group, json)),
                      .fingerprint = scalar_member(json, "fingerprint"),
                      .starts_at = start_of(json),
                      .url = first_member(&json, {"panelURL", "dashboardURL", "generatorURL"}),
                      .labels = bounded_object(labels),
                      .annotations = bounded_object(annotations),
                      .channels = channels_of(labels, annotations)};
  const std::string severity = first_member(labels, {"severity"});
  alert.severity = known_severity(severity.empty() ? first_member(annotations, {"severity"}) : severity);
  // Labels are what both senders tell their alerts apart by.
  if (alert.fingerprint.empty() && labels != nullptr && !labels->empty())
    alert.fingerprint = hex(sha256(dump(*labels))).substr(0, 16);
  bound(alert);
  return alert;
}

std::string matches_of(const Json& json) {
  std::string out;
  const Json* matches = member(json, "evalMatches");
  if (matches == nullptr) return out;
  size_t left = kMatches;
  for (const Json& match : elements(*matches)) {
    if (left-- == 0) break;
    out += "\n" + scalar_member(match, "metric") + ": " + scalar_member(match, "value");
  }
  return out;
}

std::string fingerprint_of_rule(const Json& json) {
  const std::string rule = first_member(&json, {"ruleId", "ruleName", "ruleUrl"});
  return rule.empty() ? "" : "rule-" + scalar_member(json, "orgId") + "-" + rule;
}

}  // namespace

std::vector<ExternalAlert> alerts_of_group(const Json& group, std::string_view source) {
  std::vector<ExternalAlert> out;
  const Json* list = member(group, "alerts");
  if (list == nullptr) return out;
  for (const Json& alert : elements(*list)) {
    if (alert.is_object()) out.push_back(alert_of(group, alert, source));
  }
  return out;
}

ExternalAlert alert_of_legacy_grafana(const Json& json) {
  const Json* tags = member(json, "tags");
  const std::string title = first_member(&json, {"title", "ruleName"});
  ExternalAlert alert{.title = title.empty() ? "Alert" : title,
                      .message = scalar_member(json, "message") + matches_of(json),
                      .severity = std::string(known_severity(first_member(tags, {"severity"}))),
                      .source = "grafana",
                      .is_resolved = is_resolved_word(scalar_member(json, "state")),
                      .fingerprint = fingerprint_of_rule(json),
                      .url = scalar_member(json, "ruleUrl"),
                      .labels = bounded_object(tags),
                      .channels = channels_of(tags, nullptr)};
  bound(alert);
  return alert;
}

}  // namespace hb
