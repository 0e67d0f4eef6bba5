#include "documents/changes.hpp"

#include <algorithm>

#include "text/cursor.hpp"
#include "text/json_writer.hpp"

namespace hb {
namespace {

void insert(std::vector<Change>& changes, const Change& change) {
  const auto is_later = [](const Change& one, const Change& other) { return one.at < other.at; };
  const auto [first, last] = std::equal_range(changes.begin(), changes.end(), change, is_later);
  const bool is_there =
      std::any_of(first, last, [&](const Change& other) { return other.status == change.status; });
  if (!is_there) changes.insert(last, change);
}

void trim(std::vector<Change>& changes, Time oldest) {
  const auto is_kept = [&](const Change& change) { return change.at >= oldest; };
  const auto first = std::find_if(changes.begin(), changes.end(), is_kept);
  if (first - changes.begin() > 1) changes.erase(changes.begin(), first - 1);
  if (changes.size() > kMaxChanges) changes.erase(changes.begin(), changes.end() - kMaxChanges);
}

std::vector<Change> changes_in(std::string_view list) {
  std::vector<Change> changes;
  Cursor cursor(list);
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

template <class Visit>
void each_service(std::string_view row, Visit visit) {
  Cursor cursor(row);
  each_member(cursor, [&](std::string_view id) {
    const std::string_view list = cursor.value();
    if (!cursor.bad()) visit(unescaped(id), list);
  });
}

std::string print(const ChangesById& services) {
  JsonWriter json;
  json.begin_object();
  for (const auto& [id, changes] : services) {
    json.key(id).begin_array();
    for (const auto& [at, status, message] : changes) {
      json.begin_array().value(to_ms(at)).value(status_name(status)).value(message).end_array();
    }
    json.end_array();
  }
  return json.end_object().take();
}

// The time that three quarters of all changes are not before.
Time oldest_quarter(const ChangesById& services) {
  std::vector<Time> times;
  for (const auto& [id, changes] : services) {
    for (const Change& change : changes) times.push_back(change.at);
  }
  const auto quarter = times.begin() + static_cast<ptrdiff_t>(times.size() / 4);
  std::nth_element(times.begin(), quarter, times.end());
  return *quarter;
}

size_t share_of_row(size_t services) {
  return std::min(kChangesSize / std::clamp<size_t>(services, 1, kChangesRows), kChangesRowSize);
}

}  // namespace

std::string changes_key(std::string_view service_id) {
  uint32_t hash = 0x811c9dc5;
  for (const char c : service_id) hash = (hash ^ static_cast<unsigned char>(c)) * 0x01000193;
  constexpr std::string_view kDigits = "0123456789abcdef";
  return std::string("incidents:") + kDigits[hash >> 4 & 15] + kDigits[hash & 15];
}

std::vector<Change> read_changes(std::string_view row, std::string_view service_id) {
  std::vector<Change> changes;
  each_service(row, [&](const std::string& id, std::string_view list) {
    if (id == service_id) changes = changes_in(list);
  });
  return changes;
}

std::string add_changes(std::string_view row, const ChangesById& more, Time oldest, size_t services) {
  ChangesById all;
  each_service(row, [&](const std::string& id, std::string_view list) { all[id] = changes_in(list); });
  for (const auto& [id, changes] : more) {
    for (const Change& change : changes) insert(all[id], change);
  }
  std::erase_if(all, [](const auto& service) { return service.second.empty(); });
  for (auto& [id, changes] : all) trim(changes, oldest);
  std::string bytes = print(all);
  for (size_t before = 0; bytes.size() > share_of_row(services) && bytes.size() != before;) {
    before = bytes.size();
    const Time rest = oldest_quarter(all);
    for (auto& [id, changes] : all) trim(changes, rest);
    bytes = print(all);
  }
  return bytes;
}

}  // namespace hb
