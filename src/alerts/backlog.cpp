#include "alerts/backlog.hpp"

#include <algorithm>

#include "text/cursor.hpp"
#include "text/json_writer.hpp"
#include "text/utf8.hpp"

namespace hb {
namespace {

// Of a group, what its alerts are read with. A text of all its alerts is not needed whole for each of them.
constexpr std::string_view kGroupMembers[] = {"status", "state", "orgId", "title", "message"};
constexpr size_t kLongestText = 4096;

void print_group_member(JsonWriter& json, const Fields& group, std::string_view name) {
  const std::string_view value = group.value(name);
  if (value.empty()) return;
  json.key(name);
  if (is_text_value(value)) {
    json.value(shortened(group.text(name), kLongestText));
  } else {
    json.value(group.text(name));
  }
}

}  // namespace

std::string backlog_row(int64_t number) {
  const std::string digits = std::to_string(number % kBacklogRows);
  return "backlog:" + std::string(3 - digits.size(), '0') + digits;
}

size_t taken_in_at_once(const AlertBody& body, std::span<const NewAlert> alerts) {
  size_t bytes = 0;
  size_t count = 0;
  for (const NewAlert& alert : alerts.first(std::min(alerts.size(), kMostTakenIn))) {
    bytes += body.alerts[alert.index].size();
    if (count > 0 && bytes > kMostBytesTakenIn) break;
    ++count;
  }
  return count;
}

std::string write_backlog(Time posted, const AlertBody& body, std::span<const NewAlert> alerts) {
  JsonWriter json;
  json.begin_object().member("posted", to_ms(posted)).key("again").begin_array();
  for (const NewAlert& alert : alerts) json.value(alert.again ? to_ms(*alert.again) : 0);
  json.end_array().key("body").begin_object();
  for (const std::string_view name : kGroupMembers) print_group_member(json, body.group, name);
  json.key("alerts").begin_array();
  for (const NewAlert& alert : alerts) json.raw(body.alerts[alert.index]);
  return json.end_array().end_object().end_object().take();
}

std::optional<Backlog> read_backlog(std::string_view row, Time now) {
  Backlog out;
  std::optional<Time> posted;
  std::string_view body;
  Cursor cursor(row);
  each_member(cursor, [&](std::string_view name) {
    if (name == "posted") {
      posted = stored_time(cursor.integer_or_skip());
    } else if (name == "again" && cursor.peek('[')) {
      each_element(cursor, [&] { out.again.push_back(stored_time(cursor.integer_or_skip())); });
    } else {
      const std::string_view value = cursor.value();
      if (name == "body") body = value;
    }
  });
  auto found = find_alerts(body);
  const bool is_whole = !cursor.bad() && posted && is_plausible(*posted, now);
  if (!is_whole || std::holds_alternative<Error>(found)) return std::nullopt;
  out.posted = *posted;
  out.body = std::get<AlertBody>(std::move(found));
  return out;
}

}  // namespace hb
