#include "documents/alerts.hpp"

#include <algorithm>
#include <set>
#include <unordered_map>

#include "text/cursor.hpp"
#include "text/json.hpp"
#include "text/json_writer.hpp"

namespace hb {
namespace {

// One alert as it stands in a copy.
struct AlertEntry {
  std::string id;
  Time timestamp;
  std::string_view text;
  std::vector<std::string> accepted{};
  bool has_more = false;  // has been accepted by more channels than the text says
};

struct Entries {
  std::vector<AlertEntry> entries{};
  bool damaged = false;
};

std::string text_of(const Json& json, std::string_view key) {
  return string_member(json, key).value_or("");
}

std::vector<std::string> texts_of(const Json& json, std::string_view key) {
  std::vector<std::string> texts;
  const Json* list = member(json, key);
  if (list == nullptr) return texts;
  for (const Json& item : elements(*list)) {
    if (auto text = as_string(item)) texts.push_back(*std::move(text));
  }
  return texts;
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
               .url = text_of(*json, "url"),
               .accepted = texts_of(*json, "accepted")};
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
    const std::string id = alert.id.empty() ? std::string(text) : alert.id;
    read.entries.push_back({id, alert.timestamp, text, alert.accepted});
  });
  return read;
}

bool is_newer(const AlertEntry& one, const AlertEntry& other) {
  if (one.timestamp != other.timestamp) return one.timestamp > other.timestamp;
  if (one.id != other.id) return one.id < other.id;
  return one.text < other.text;
}

// Behind those that are not greater. What is read is nearly in order, so this is mostly an appending.
template <class T, class Less>
void insert_sorted(std::vector<T>& sorted, const T& item, Less is_less) {
  sorted.insert(std::upper_bound(sorted.begin(), sorted.end(), item, is_less), item);
}

void print_members(JsonWriter& json, const Alert& alert) {
  json.member("id", alert.id).member("title", alert.title).member("message", alert.message);
  json.member("severity", alert.severity).member("source", alert.source).member("status", alert.status);
  json.member("timestamp", iso(alert.timestamp));
  if (!alert.service_id.empty()) json.member("serviceId", alert.service_id);
  if (!alert.labels.empty()) json.key("labels").raw(alert.labels);
  if (!alert.url.empty()) json.member("url", alert.url);
}

void print_stored(JsonWriter& json, const Alert& alert) {
  print_members(json.begin_object(), alert);
  if (!alert.accepted.empty()) {
    json.key("accepted").begin_array();
    for (const std::string& channel : alert.accepted) json.value(channel);
    json.end_array();
  }
  json.end_object();
}

void print_entry(JsonWriter& json, const AlertEntry& entry) {
  std::optional<Alert> alert = entry.has_more ? read_alert(entry.text) : std::nullopt;
  if (!alert) return void(json.raw(entry.text));
  alert->accepted = entry.accepted;
  print_stored(json, *alert);
}

std::string print(const std::vector<AlertEntry>& entries) {
  JsonWriter json;
  json.begin_array();
  for (const AlertEntry& entry : entries) print_entry(json, entry);
  return json.end_array().take();
}

// In one order, whoever comes first.
void add_accepted(AlertEntry& entry, const std::vector<std::string>& more) {
  std::set<std::string> all(entry.accepted.begin(), entry.accepted.end());
  all.insert(more.begin(), more.end());
  std::vector<std::string> names(all.begin(), all.end());
  entry.has_more |= names != entry.accepted;
  entry.accepted = std::move(names);
}

}  // namespace

void print_alert(JsonWriter& json, const Alert& alert) {
  print_members(json.begin_object(), alert);
  json.end_object();
}

std::string write_alerts(std::span<const Alert> alerts) {
  JsonWriter json;
  json.begin_array();
  for (const Alert& alert : alerts) print_stored(json, alert);
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
  std::vector<AlertEntry> all;
  for (const std::string_view copy : copies) {
    const Entries read = read_entries(copy);
    damaged |= read.damaged;
    for (const AlertEntry& entry : read.entries) insert_sorted(all, entry, is_newer);
  }

  // From the oldest on, so that of two with one id the earlier stays.
  std::unordered_map<std::string_view, size_t> positions;
  std::vector<AlertEntry> kept;
  const Time oldest = now - std::chrono::days{limits.max_age_days};
  for (auto entry = all.rbegin(); entry != all.rend(); ++entry) {
    const bool is_in_time = entry->timestamp >= oldest && is_plausible(entry->timestamp, now);
    if (!is_in_time) continue;
    const auto [position, is_first] = positions.emplace(entry->id, kept.size());
    is_first ? kept.push_back(*entry) : add_accepted(kept[position->second], entry->accepted);
  }
  std::reverse(kept.begin(), kept.end());
  if (kept.size() > static_cast<size_t>(limits.max_alerts))
    kept.resize(static_cast<size_t>(limits.max_alerts));
  return {print(kept), damaged};
}

}  // namespace hb
