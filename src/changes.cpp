#include "changes.hpp"

#include <algorithm>

#include "cursor.hpp"
#include "json_writer.hpp"

namespace hb {
namespace {

void insert(std::vector<Change>& changes, const Change& change) {
  const auto is_later = [](const Change& one, const Change& other) { return one.at < other.at; };
  const auto place = std::upper_bound(changes.begin(), changes.end(), change, is_later);
  const bool is_there = std::any_of(changes.begin(), place, [&](const Change& other) {
    return other.at == change.at && other.status == change.status;
  });
  if (!is_there) changes.insert(place, change);
}

void trim(std::vector<Change>& changes, Time oldest) {
  const auto is_kept = [&](const Change& change) { return change.at >= oldest; };
  const auto first = std::find_if(changes.begin(), changes.end(), is_kept);
  if (first - changes.begin() > 1) changes.erase(changes.begin(), first - 1);
  if (changes.size() > kMaxChanges) changes.erase(changes.begin(), changes.end() - kMaxChanges);
}

}  // namespace

std::string changes_key(std::string_view service_id) {
  return "incidents:" + std::string(service_id);
}

std::vector<Change> read_changes(std::string_view row) {
  std::vector<Change> changes;
  if (row.empty()) return changes;
  Cursor cursor(row);
  each_element(cursor, [&] {
    Cursor element(cursor.value());
    element.expect('[');
    const Time at = from_ms(element.integer());
    element.expect(',');
    const auto status = status_named(element.string());
    element.expect(',');
    std::string message = unescaped(element.string());
    if (!element.bad() && status) insert(changes, {at, *status, std::move(message)});
  });
  return changes;
}

std::string add_changes(std::string_view row, std::span<const Change> more, Time oldest) {
  std::vector<Change> changes = read_changes(row);
  for (const Change& change : more) insert(changes, change);
  trim(changes, oldest);
  JsonWriter json;
  json.begin_array();
  for (const auto& [at, status, message] : changes) {
    json.begin_array().value(to_ms(at)).value(status_name(status)).value(message).end_array();
  }
  return json.end_array().take();
}

}  // namespace hb
