#include "alerts/known_alerts.hpp"

#include <algorithm>

#include "text/cursor.hpp"
#include "text/json.hpp"
#include "text/json_writer.hpp"

namespace hb {
namespace {

constexpr std::string_view kFiring = "firing";
constexpr std::string_view kResolved = "resolved";
constexpr Millis kRefreshAfter = std::chrono::days{1};

std::optional<Time> read_instant(Cursor& cursor) {
  const int64_t ms = cursor.integer_or_skip();
  return ms > 0 ? std::optional(from_ms(ms)) : std::nullopt;
}

KnownAlert read_one(Cursor& cursor) {
  KnownAlert one;
  cursor.expect('[');
  one.is_resolved = cursor.string_or_skip() == kResolved;
  cursor.expect(',');
  one.starts_at = read_instant(cursor);
  cursor.expect(',');
  one.posted = from_ms(cursor.integer_or_skip());
  if (cursor.eat(',')) one.event = status_named(cursor.string_or_skip());
  if (cursor.eat(',')) one.again = read_instant(cursor);
  cursor.expect(']');
  return one;
}

void print_one(JsonWriter& json, const KnownAlert& one) {
  json.begin_array().value(one.is_resolved ? kResolved : kFiring);
  json.value(one.starts_at ? to_ms(*one.starts_at) : 0).value(to_ms(one.posted));
  if (one.event || one.again) json.value(one.event ? status_name(*one.event) : "");
  if (one.again) json.value(to_ms(*one.again));
  json.end_array();
}

// That there is no data is another thing than that the rule fires, however severe both are.
Status occasion_of(const ExternalAlert& alert) {
  return !alert.is_resolved && is_of_missing_data(alert.title) ? Status::unknown : event_of(alert);
}

size_t row_number(std::string_view key) {
  uint32_t hash = 0x811c9dc5;  // https://datatracker.ietf.org/doc/html/draft-eastlake-fnv
  for (const char c : key) hash = (hash ^ static_cast<unsigned char>(c)) * 0x01000193;
  return hash % kKnownRows;
}

std::string row_name(size_t number) {
  static constexpr std::string_view kDigits = "0123456789abcdef";
  return std::string("known:") + kDigits[number >> 4] + kDigits[number & 15];
}

void forget_oldest(KnownInRow& known) {
  known.erase(std::min_element(known.begin(), known.end(), [](const auto& one, const auto& other) {
    return one.second.posted < other.second.posted;
  }));
}

}  // namespace

Novelty novelty_of(const KnownAlert* known, const ExternalAlert& alert, Time now) {
  if (alert.fingerprint.empty()) return {.is_news = true};
  // That a group is whole again is not worth a word to who was not told that it was not.
  if (known == nullptr) return {.is_news = !alert.is_truncation || !alert.is_resolved};
  const bool is_same_start = !known->starts_at || !alert.starts_at || *known->starts_at == *alert.starts_at;
  const bool is_same_event = alert.is_resolved || !known->event || *known->event == occasion_of(alert);
  const bool is_same_state = known->is_resolved == alert.is_resolved;
  if (is_same_state && is_same_start && is_same_event) return {.is_news = false, .again = known->again};
  if (!is_same_start) return {.is_news = true};
  return {.is_news = true, .again = alert.is_resolved ? known->again : std::optional(now)};
}

std::optional<KnownAlert> known_from_history(std::span<const Alert> newest_first,
                                             const ExternalAlert& alert) {
  const std::string key = alert_key(alert);
  for (const Alert& entry : newest_first) {
    const auto id = parse_entry_id(entry.id, key);
    if (!id) continue;
    const ExternalAlert as_stored{
        .title = entry.title, .severity = entry.severity, .is_resolved = entry.status == kResolved};
    return KnownAlert{.is_resolved = as_stored.is_resolved,
                      .starts_at = alert.starts_at ? id->starts_at : std::nullopt,
                      .posted = entry.timestamp,
                      .event = occasion_of(as_stored),
                      .again = id->again};
  }
  return std::nullopt;
}

std::string known_row(std::string_view alert_key) {
  return row_name(row_number(alert_key));
}

KnownInRow read_known_alerts(std::string_view row, Time now) {
  KnownInRow known;
  Cursor cursor(row);
  each_member(cursor, [&](std::string_view key) {
    Cursor value(cursor.value());
    const KnownAlert one = read_one(value);
    const bool is_lately = one.posted >= now - kKnownFor && is_plausible(one.posted, now);
    if (!value.bad() && is_lately) known.emplace(unescaped(key), one);
  });
  return known;
}

std::string write_known_alerts(const KnownInRow& known) {
  JsonWriter json;
  json.begin_object();
  for (const auto& [key, one] : known) print_one(json.key(key), one);
  return json.end_object().take();
}

KnownRow& KnownAlerts::row_of(std::string_view key) {
  const size_t number = row_number(key);
  std::optional<KnownRow>& row = rows_[number];
  if (!row) row = KnownRow{.known = read_known_alerts(event_.row(row_name(number)), now_)};
  return *row;
}

const KnownInRow& KnownAlerts::old() {
  if (!old_) old_ = read_known_alerts(event_.row(kOldKnownRow), now_);
  return *old_;
}

const KnownAlert* KnownAlerts::find(std::string_view key) {
  const KnownInRow& known = row_of(key).known;
  if (const auto found = known.find(key); found != known.end()) return &found->second;
  const auto before = old().find(key);
  return before == old().end() ? nullptr : &before->second;
}

void KnownAlerts::remember(const std::string& key, const ExternalAlert& alert, std::optional<Time> again) {
  if (alert.fingerprint.empty()) return;
  KnownRow& row = row_of(key);
  row.known.insert_or_assign(key, KnownAlert{.is_resolved = alert.is_resolved,
                                             .starts_at = alert.starts_at,
                                             .posted = now_,
                                             .event = occasion_of(alert),
                                             .again = again});
  if (row.known.size() > kMostKnownInRow) forget_oldest(row.known);
  row.has_changed = true;
}

void KnownAlerts::refresh(const std::string& key) {
  const KnownAlert* known = find(key);
  if (known == nullptr || now_ - known->posted < kRefreshAfter) return;
  KnownAlert again = *known;
  again.posted = now_;
  KnownRow& row = row_of(key);
  row.known.insert_or_assign(key, again);
  row.has_changed = true;
}

std::vector<RowPut> KnownAlerts::changed_rows() {
  std::vector<RowPut> out;
  for (size_t number = 0; number < kKnownRows; ++number) {
    const std::optional<KnownRow>& row = rows_[number];
    if (row && row->has_changed) out.push_back({row_name(number), write_known_alerts(row->known)});
  }
  const std::string_view old_row = event_.row(kOldKnownRow);
  if (old_row.size() > 2 && old().empty()) out.push_back({kOldKnownRow, "{}"});
  return out;
}

}  // namespace hb
