#include "alerts/external_alert.hpp"

#include <algorithm>
#include <charconv>

#include "text/sha256.hpp"

namespace hb {
namespace {

constexpr size_t kInstantDigits = 13;  // of the ms of every time from 2001 to 2286

std::string digest(std::string_view text) {
  return hex(sha256(text)).substr(0, 32);
}

std::string_view status_word(const ExternalAlert& alert) {
  return alert.is_resolved ? "resolved" : "firing";
}

// What has no severity here is information.
std::string shown_severity(const ExternalAlert& alert) {
  return alert.is_resolved || alert.severity == "none" ? "info" : alert.severity;
}

std::string entry_id(const ExternalAlert& alert, std::optional<Time> again, Time now) {
  const bool is_known = !alert.fingerprint.empty() && alert.starts_at.has_value();
  std::string id = alert_key(alert) + ":" + std::to_string(to_ms(is_known ? *alert.starts_at : now));
  if (is_known && again) id += "+" + std::to_string(to_ms(*again));
  return id.append(":").append(status_word(alert));
}

// Takes the instant that stands behind this sign at the beginning of the text off it.
std::optional<Time> take_instant(std::string_view& text, char sign) {
  if (text.size() <= kInstantDigits || text.front() != sign) return std::nullopt;
  int64_t ms = 0;
  const char* const begin = text.data() + 1;
  if (std::from_chars(begin, begin + kInstantDigits, ms).ptr != begin + kInstantDigits || ms < 0)
    return std::nullopt;
  text.remove_prefix(kInstantDigits + 1);
  return from_ms(ms);
}

// When it began until it ended, or until now where its sender does not say when.
std::optional<Millis> duration_of(const ExternalAlert& alert, Time now) {
  if (!alert.is_resolved || !alert.starts_at || *alert.starts_at > now) return std::nullopt;
  const bool has_end = alert.ends_at && *alert.ends_at >= *alert.starts_at && *alert.ends_at <= now;
  return (has_end ? *alert.ends_at : now) - *alert.starts_at;
}

}  // namespace

bool is_for_nobody(const ExternalAlert& alert) {
  return alert.severity == "none" && alert.channels.empty() && !alert.is_truncation;
}

Status event_of(const ExternalAlert& alert) {
  if (alert.is_resolved || alert.severity == "info" || alert.severity == "none") return Status::up;
  return alert.severity == "warning" ? Status::degraded : Status::down;
}

bool is_of_missing_data(std::string_view title) {
  return title.ends_with(kNoData) || title.starts_with("[No Data]");
}

std::string alert_key(const ExternalAlert& alert) {
  if (!alert.fingerprint.empty()) return "alert:" + alert.fingerprint;
  return "alert:" + digest(alert.source + '\n' + alert.title + '\n' + alert.labels);
}

Alert history_entry(const ExternalAlert& alert, std::optional<Time> again, Time now) {
  const std::string severity = shown_severity(alert);
  return {.id = entry_id(alert, again, now),
          .title = alert.title,
          .message = alert.message,
          // The page and the API know three severities.
          .severity = severity == "error" ? "critical" : severity,
          .source = alert.source,
          .status = std::string(status_word(alert)),
          .timestamp = now,
          .labels = alert.labels,
          .url = alert.url};
}

std::optional<EntryId> parse_entry_id(std::string_view id, std::string_view alert_key) {
  if (!id.starts_with(alert_key)) return std::nullopt;
  id.remove_prefix(alert_key.size());
  EntryId out{.starts_at = take_instant(id, ':')};
  if (!out.starts_at) return std::nullopt;
  out.again = take_instant(id, '+');
  return id == ":firing" || id == ":resolved" ? std::optional(out) : std::nullopt;
}

Message alert_message(const ExternalAlert& alert, Time now) {
  return {.kind = MessageKind::alert,
          .title = alert.title,
          .text = alert.message,
          .severity = shown_severity(alert),
          .status = std::string(status_word(alert)),
          .source = alert.source,
          .timestamp = now,
          .since = alert.starts_at,
          .duration = duration_of(alert, now),
          .url = alert.url,
          .labels = alert.labels,
          .annotations = alert.annotations,
          .dedup_key = alert_key(alert)};
}

}  // namespace hb
