#include "alerts.hpp"

#include <algorithm>
#include <unordered_set>

#include "cursor.hpp"
#include "json.hpp"

namespace hb {
namespace {

// One alert as it stands in a copy.
struct Entry {
  std::string id;
  Time timestamp;
  std::string_view text;
};

struct Entries {
  std::vector<Entry> entries{};
  bool damaged = false;
};

std::string text_of(const Json& json, std::string_view key) {
  return string_member(json, key).value_or("");
}

std::optional<Alert> read_alert(std::string_view text) {
  const std::optional<Json> json = parse_json(text);
  if (!json) return std::nullopt;
  const auto timestamp = parse_time(text_of(*json, "timestamp"));
  if (!timestamp) return std::nullopt;
  const Json* labels = member(*json, "labels");
  return Alert{.id = text_of(*json, "id"),
               .title = text_of(*json, "title"),
               .message = text_of(*json, "message"),
               .severity = text_of(*json, "severity"),
               .source = text_of(*json, "source"),
               .status = text_of(*json, "status"),
               .timestamp = *timestamp,
               .service_id = text_of(*json, "serviceId"),
               .labels = labels != nullptr && labels->is_object() ? dump(*labels) : "",
               .url = text_of(*json, "url")};
}

template <class Visit>
bool each_entry(std::string_view bytes, Visit visit) {
  if (bytes.empty()) return true;
  bool all_sound = true;
  Cursor cursor(bytes);
  each_element(cursor, [&] {
    const std::string_view text = cursor.value();
    if (cursor.bad()) return;
    const std::optional<Alert> alert = read_alert(text);
    if (alert) visit(*alert, text);
    if (!alert) all_sound = false;
  });
  return all_sound && !cursor.bad() && cursor.at_end();
}

Entries read_entries(std::string_view bytes) {
  Entries read;
  read.damaged = !each_entry(bytes, [&](const Alert& alert, std::string_view text) {
    // One without an id is the same as another only when all of it is.
    read.entries.push_back({alert.id.empty() ? std::string(text) : alert.id, alert.timestamp, text});
  });
  return read;
}

bool is_newer(const Entry& one, const Entry& other) {
  if (one.timestamp != other.timestamp) return one.timestamp > other.timestamp;
  if (one.id != other.id) return one.id < other.id;
  return one.text < other.text;
}

// Behind those that are not greater. What is read is nearly in order, so this is mostly an appending.
template <class T, class Less>
void insert_sorted(std::vector<T>& sorted, const T& item, Less is_less) {
  sorted.insert(std::upper_bound(sorted.begin(), sorted.end(), item, is_less), item);
}

std::string print(const std::vector<Entry>& entries) {
  JsonWriter json;
  json.begin_array();
  for (const Entry& entry : entries) json.raw(entry.text);
  return json.end_array().take();
}

}  // namespace

void print_alert(JsonWriter& json, const Alert& alert) {
  json.begin_object().member("id", alert.id).member("title", alert.title).member("message", alert.message);
  json.member("severity", alert.severity).member("source", alert.source).member("status", alert.status);
  json.member("timestamp", iso(alert.timestamp));
  if (!alert.service_id.empty()) json.member("serviceId", alert.service_id);
  if (!alert.labels.empty()) json.key("labels").raw(alert.labels);
  if (!alert.url.empty()) json.member("url", alert.url);
  json.end_object();
}

std::string write_alerts(std::span<const Alert> alerts) {
  JsonWriter json;
  json.begin_array();
  for (const Alert& alert : alerts) print_alert(json, alert);
  return json.end_array().take();
}

std::vector<Alert> read_alerts(std::string_view bytes) {
  std::vector<Alert> alerts;
  const auto is_later = [](const Alert& one, const Alert& other) { return one.timestamp > other.timestamp; };
  each_entry(bytes, [&](const Alert& alert, std::string_view) { insert_sorted(alerts, alert, is_later); });
  return alerts;
}

MergedAlerts merge_alerts(const AlertHistory& limits, Time now, std::span<const std::string_view> copies) {
  bool damaged = false;
  std::vector<Entry> all;
  for (const std::string_view copy : copies) {
    const Entries read = read_entries(copy);
    damaged |= read.damaged;
    for (const Entry& entry : read.entries) insert_sorted(all, entry, is_newer);
  }

  // From the oldest on, so that of two with one id the earlier stays.
  std::unordered_set<std::string_view> ids;
  std::vector<Entry> kept;
  const Time oldest = now - std::chrono::days{limits.max_age_days};
  for (auto entry = all.rbegin(); entry != all.rend(); ++entry) {
    const bool is_in_time = entry->timestamp >= oldest && is_believable(entry->timestamp, now);
    if (is_in_time && ids.insert(entry->id).second) kept.push_back(*entry);
  }
  std::reverse(kept.begin(), kept.end());
  if (kept.size() > static_cast<size_t>(limits.max_alerts))
    kept.resize(static_cast<size_t>(limits.max_alerts));
  return {print(kept), damaged};
}

}  // namespace hb
