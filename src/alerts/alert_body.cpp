// https://prometheus.io/docs/alerting/latest/configuration/#webhook_config
// https://grafana.com/docs/grafana/latest/alerting/configure-notifications/manage-contact-points/integrations/webhook-notifier/
#include "alerts/alert_body.hpp"

#include <algorithm>
#include <utility>

#include "text/ascii.hpp"
#include "text/cursor.hpp"
#include "text/json.hpp"
#include "text/sha256.hpp"
#include "text/utf8.hpp"

namespace hb {
namespace {

constexpr size_t kMatches = 10;
constexpr size_t kRuleTitle = 250;
constexpr size_t kMostTruncated = 1'000'000'000;
constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

Error bad(std::string_view text) {
  return {400, std::string(text)};
}

bool is_group(AlertFormat format) {
  return format == AlertFormat::grafana || format == AlertFormat::alertmanager;
}

// What there is of a body that is no object, or not whole.
Error no_object(std::string_view body) {
  Cursor cursor(body);
  const std::string_view value = cursor.value();
  const bool is_list = value.starts_with('[');
  const bool is_json = !cursor.bad() && cursor.at_end() && (is_list || parse_json(value));
  return bad(is_json && !is_object_value(value) ? "The body must be a JSON object" : "The body must be JSON");
}

// What does not have to be there, but has to be of its type when it is.
std::optional<Error> wrong_type(const Fields& body) {
  for (const char* name : {"severity", "priority", "source", "status", "state", "dedupKey", "url"}) {
    const std::string_view found = body.value(name);
    if (is_object_value(found) || found.starts_with('[')) return bad(std::string(name) + " must be text");
  }
  for (const char* name : {"labels", "annotations"}) {
    const std::string_view found = body.value(name);
    if (!found.empty() && !is_object_value(found)) return bad(std::string(name) + " must be an object");
  }
  return std::nullopt;
}

std::optional<Error> wrong_generic(const Fields& body) {
  for (const char* name : {"title", "message"}) {
    if (!is_text_value(body.value(name)) || trimmed(body.text(name)).empty())
      return bad(std::string(name) + " must be text that is not empty");
  }
  return wrong_type(body);
}

bool is_legacy_grafana(const Fields& body) {
  const bool has_rule = is_text_value(body.value("ruleName")) || is_text_value(body.value("ruleUrl")) ||
                        !body.value("evalMatches").empty();
  return has_rule && is_text_value(body.value("state"));
}

bool is_grafana(const Fields& group) {
  return !group.value("orgId").empty() || is_text_value(group.value("state")) ||
         is_text_value(group.value("title"));
}

void find_elements(Cursor& cursor, std::vector<std::string_view>& out) {
  if (!cursor.peek('[')) return void(cursor.value());
  each_element(cursor, [&] {
    const std::string_view element = cursor.value();
    if (is_object_value(element)) out.push_back(element);
  });
}

// Severities are labels mostly, and priorities where those are used.
std::string_view severity_in(const Severities& added, std::initializer_list<const Fields*> places) {
  for (const Fields* place : places) {
    if (const std::string word = place->first({"severity", "priority"}); !word.empty())
      return severity_of(added, word);
  }
  return severity_of(added, "");
}

// The field, else the label, else the annotation.
std::vector<std::string> channels_in(std::initializer_list<const Fields*> places) {
  for (const Fields* place : places) {
    if (auto names = channel_names(place->value("channels")); !names.empty()) return names;
  }
  return {};
}

// What started at year 1 did not say when.
std::optional<Time> time_of(std::string_view value) {
  if (!is_text_value(value)) return std::nullopt;
  const auto time = parse_time(value.substr(1, value.size() - 2));
  return time && to_ms(*time) > 0 ? time : std::nullopt;
}

std::string short_hash(std::string_view text) {
  return hex(sha256(text)).substr(0, 16);
}

std::string fingerprint_of_rule(const Fields& body) {
  const std::string rule = body.first({"ruleId", "ruleName", "ruleUrl"});
  return rule.empty() ? "" : bounded_fingerprint("rule-" + body.text("orgId") + "-" + rule);
}

// Grafana's name of an alert whose rule found no data or failed says nothing of the rule.
std::string title_of(const Fields& group, const Fields& labels) {
  std::string name = labels.first({"alertname"});
  const std::string rule = labels.first({"rulename"});
  if (!rule.empty() && name == "DatasourceNoData") return rule + kNoData;
  if (!rule.empty() && name == "DatasourceError") return rule + ": error";
  if (!name.empty()) return name;
  const std::string other = group.first({"title"});
  return other.empty() ? "Alert" : other;
}

std::string message_of(const Fields& group, const Fields& alert, const Fields& annotations) {
  std::string out = annotations.first({"summary", "title"});
  const std::string more = annotations.first({"description", "message"});
  if (!more.empty() && more != out) (out += out.empty() ? "" : "\n") += more;
  if (!out.empty()) return out;
  out = alert.first({"valueString"});
  return out.empty() ? group.first({"message"}) : out;
}

std::string_view source_of(AlertFormat format) {
  return format == AlertFormat::alertmanager ? "alertmanager" : "grafana";
}

// The members of an alert that its state is read from, as they stand there: of a large group there is no time
// for more.
struct RawState {
  std::string_view status{};
  std::string_view fingerprint{};
  std::string_view starts_at{};
  std::string_view ends_at{};
  std::string_view labels{};
  std::string_view annotations{};
};

constexpr std::pair<std::string_view, std::string_view RawState::*> kStateMembers[] = {
    {"status", &RawState::status},      {"fingerprint", &RawState::fingerprint},
    {"startsAt", &RawState::starts_at}, {"endsAt", &RawState::ends_at},
    {"labels", &RawState::labels},      {"annotations", &RawState::annotations}};

RawState raw_state_of(std::string_view alert) {
  RawState out;
  Cursor cursor(alert);
  each_member(cursor, [&](std::string_view name) {
    const std::string_view value = cursor.value();
    for (const auto& [known, member] : kStateMembers) {
      if (name == known) out.*member = value;
    }
  });
  return out;
}

// As severity_in, without taking the object apart.
std::string severity_word_in(std::string_view object) {
  std::string_view severity;
  std::string_view priority;
  Cursor cursor(object);
  each_member(cursor, [&](std::string_view name) {
    const std::string_view value = cursor.value();
    if (name == "severity") severity = value;
    if (name == "priority") priority = value;
  });
  std::string word = text_of_value(severity);
  return trimmed(word).empty() ? text_of_value(priority) : word;
}

// Labels are what both senders tell their alerts apart by.
std::string fingerprint_of(const RawState& state) {
  std::string own = text_of_value(state.fingerprint);
  if (!own.empty()) return bounded_fingerprint(own);
  const std::string labels = bounded_object(Fields(state.labels));
  return labels.empty() ? "" : short_hash(labels);
}

ExternalAlert state_of(const Severities& added, const AlertBody& body, const RawState& state) {
  std::string severity = severity_word_in(state.labels);
  if (trimmed(severity).empty()) severity = severity_word_in(state.annotations);
  std::string status = text_of_value(state.status);
  if (trimmed(status).empty()) status = body.group.first({"status", "state"});
  return {.severity = std::string(severity_of(added, severity)),
          .source = std::string(source_of(body.format)),
          .is_resolved = is_resolved_word(status),
          .fingerprint = fingerprint_of(state),
          .starts_at = time_of(state.starts_at),
          .ends_at = time_of(state.ends_at)};
}

ExternalAlert read_member(const Severities& added, const AlertBody& body, size_t index) {
  const std::string_view text = body.alerts[index];
  const RawState state = raw_state_of(text);
  const Fields one(text);
  const Fields labels(state.labels);
  const Fields annotations(state.annotations);
  ExternalAlert alert = state_of(added, body, state);
  alert.title = title_of(body.group, labels);
  alert.message = message_of(body.group, one, annotations);
  alert.url = one.first({"panelURL", "dashboardURL", "generatorURL"});
  alert.labels = bounded_object(labels);
  alert.annotations = bounded_object(annotations);
  alert.channels = channels_in({&labels, &annotations});
  bound(alert);
  return alert;
}

ExternalAlert read_generic(const Severities& added, const Fields& body) {
  const Fields labels = body.object("labels");
  const Fields annotations = body.object("annotations");
  const std::string source = body.text("source");
  const std::string status = body.first({"status", "state"});
  std::string severity = body.first({"severity", "priority"});
  if (severity.empty()) severity = labels.first({"severity", "priority"});
  std::vector<std::string> own = channel_names(body.value("channels"));
  // As labels, only the plural is ours.
  if (own.empty()) own = channel_names(body.value("channel"));
  ExternalAlert alert{.title = body.text("title"),
                      .message = body.text("message"),
                      .severity = std::string(severity_in(added, {&body, &labels, &annotations})),
                      .source = source.empty() ? "external" : source,
                      .is_resolved = is_resolved_word(status.empty() ? severity : status),
                      .fingerprint = bounded_fingerprint(body.text("dedupKey")),
                      .url = body.text("url"),
                      .labels = bounded_object(labels),
                      .annotations = bounded_object(annotations),
                      .channels = own.empty() ? channels_in({&labels, &annotations}) : own};
  bound(alert);
  return alert;
}

std::string matches_of(const Fields& body) {
  std::string out;
  Cursor cursor(body.value("evalMatches"));
  size_t left = kMatches;
  each_element(cursor, [&] {
    const std::string_view value = cursor.value();
    if (left == 0) return;
    --left;
    const Fields match(value);
    out += "\n" + match.text("metric") + ": " + match.text("value");
  });
  return out;
}

// That a rule has no data is less than what it was made for, unless it says how severe it is.
std::string_view severity_of_rule(const Severities& added, const Fields& body, const Fields& tags) {
  const bool says_nothing = trimmed(tags.first({"severity", "priority"})).empty();
  return says_nothing && body.text("state") == "no_data" ? "warning" : severity_in(added, {&tags});
}

std::string title_of_rule(const Fields& body) {
  const std::string title = body.first({"title", "ruleName"});
  const bool says_all = body.text("state") != "no_data" || is_of_missing_data(title);
  return shortened(title.empty() ? "Alert" : title, kRuleTitle) + (says_all ? "" : kNoData);
}

ExternalAlert read_legacy_grafana(const Severities& added, const Fields& body) {
  const Fields tags = body.object("tags");
  ExternalAlert alert{.title = title_of_rule(body),
                      .message = body.text("message") + matches_of(body),
                      .severity = std::string(severity_of_rule(added, body, tags)),
                      .source = "grafana",
                      .is_resolved = is_resolved_word(body.text("state")),
                      .fingerprint = fingerprint_of_rule(body),
                      .url = body.text("ruleUrl"),
                      .labels = bounded_object(tags),
                      .channels = channels_in({&tags})};
  bound(alert);
  return alert;
}

size_t truncated_of(const Fields& group) {
  Cursor cursor(group.value("truncatedAlerts"));
  return static_cast<size_t>(std::clamp<int64_t>(cursor.integer(), 0, kMostTruncated));
}

std::string worst_severity(const Severities& added, const AlertBody& body) {
  size_t worst = std::size(kSeverities) - 1;
  for (size_t i = 0; i < body.alerts.size(); ++i) {
    const std::string severity = state_at(added, body, i).severity;
    const auto place = std::find(std::begin(kSeverities), std::end(kSeverities), severity);
    worst = std::min(worst, static_cast<size_t>(place - std::begin(kSeverities)));
  }
  return std::string(kSeverities[worst]);
}

}  // namespace

std::variant<AlertBody, Error> find_alerts(std::string_view body) {
  if (body.size() > kMostAlertBytes) {
    return Error{413, "The body must have at most " + std::to_string(kMostAlertBytes) +
                          " bytes; Alertmanager's max_alerts bounds how many alerts it sends at once"};
  }
  if (body.starts_with(kByteOrderMark)) body.remove_prefix(kByteOrderMark.size());
  AlertBody out;
  bool has_alerts = false;
  Cursor cursor(body);
  each_member(cursor, [&](std::string_view name) {
    if (name != "alerts") return out.group.add(name, cursor.value());
    has_alerts = true;
    find_elements(cursor, out.alerts);
  });
  if (cursor.bad() || !cursor.at_end()) return no_object(body);
  if (has_alerts) {
    out.format = is_grafana(out.group) ? AlertFormat::grafana : AlertFormat::alertmanager;
    out.truncated = truncated_of(out.group);
    if (out.alerts.empty()) return bad("alerts must be a list with at least one alert");
    return out;
  }
  out.format = is_legacy_grafana(out.group) ? AlertFormat::legacy_grafana : AlertFormat::generic;
  out.alerts = {body};
  if (out.format == AlertFormat::generic) {
    if (auto error = wrong_generic(out.group)) return *std::move(error);
  }
  return out;
}

ExternalAlert state_at(const Severities& added, const AlertBody& body, size_t index) {
  if (is_group(body.format)) return state_of(added, body, raw_state_of(body.alerts[index]));
  return alert_at(added, body, index);
}

ExternalAlert alert_at(const Severities& added, const AlertBody& body, size_t index) {
  if (body.format == AlertFormat::generic) return read_generic(added, body.group);
  if (body.format == AlertFormat::legacy_grafana) return read_legacy_grafana(added, body.group);
  return read_member(added, body, index);
}

std::optional<ExternalAlert> truncation_of(const Severities& added, const AlertBody& body) {
  const std::string group_key = body.group.text("groupKey");
  if (!is_group(body.format) || group_key.empty()) return std::nullopt;
  const size_t count = body.truncated;
  const Fields labels = body.group.object("groupLabels");
  const Fields common_labels = body.group.object("commonLabels");
  const Fields common_annotations = body.group.object("commonAnnotations");
  const std::string name = labels.first({"alertname"});
  const bool is_grafana = body.format == AlertFormat::grafana;
  ExternalAlert alert{
      .title = std::string(count == 0 ? "All" : std::to_string(count) + " more") + " alerts" +
               (name.empty() ? "" : " of " + name) + (count == 0 ? " are sent again" : " were left out"),
      .message = std::string(is_grafana ? "Grafana" : "Alertmanager") +
                 " sends at most so many of a group at once (" +
                 (is_grafana ? "Max Alerts of the contact point" : "max_alerts of the webhook") +
                 (count == 0 ? "), and the group has no more" : "); it shows the others itself"),
      .severity = count == 0 ? "none" : worst_severity(added, body),
      .source = std::string(source_of(body.format)),
      .is_resolved = count == 0 || is_resolved_word(body.group.first({"status", "state"})),
      .is_truncation = true,
      .fingerprint = "truncated-" + short_hash(group_key),
      .url = body.group.text("externalURL"),
      .labels = bounded_object(labels),
      .channels = channels_in({&common_labels, &common_annotations})};
  bound(alert);
  return alert;
}

}  // namespace hb
