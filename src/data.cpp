#include "data.hpp"

#include <algorithm>

#include "cursor.hpp"
#include "finder.hpp"
#include "json.hpp"
#include "verbose_history.hpp"

namespace hb {
namespace {

constexpr int kMaxDays = 400;

void read_uptime(Cursor& cursor, std::string_view bytes, Data& data) {
  each_member(cursor, [&](std::string_view key) {
    if (key == "lastDay") {
      data.packed.last_day = parse_day(cursor.string()).value_or(Day{});
    } else if (key == "days") {
      data.packed.days = static_cast<int>(std::clamp<int64_t>(cursor.integer(), 0, kMaxDays));
    } else if (key == "cells" && cursor.peek('{')) {
      const auto offset = static_cast<size_t>(cursor.position() - bytes.data());
      data.packed.cells = bytes.substr(offset);
    } else {
      cursor.value();
    }
  });
}

Status read_status(Cursor& cursor) { return status_named(cursor.string()).value_or(Status::unknown); }

std::string read_message(Cursor& cursor) {
  if (cursor.peek('"')) return unescaped(cursor.string());
  cursor.value();
  return {};
}

ServiceSummary read_state_row(Cursor& cursor) {
  ServiceSummary summary;
  cursor.expect('[');
  summary.status = read_status(cursor);
  cursor.expect(',');
  summary.since = parse_iso(cursor.string());
  cursor.expect(',');
  summary.message = read_message(cursor);
  cursor.expect(']');
  return summary;
}

void read_states(const Config& config, Cursor& cursor, Summary& summary) {
  ServiceFinder finder(config);
  each_member(cursor, [&](std::string_view id) {
    Cursor row(cursor.value());
    const auto service = finder.find(id);
    if (!service) return;
    const ServiceSummary read = read_state_row(row);
    if (!row.bad()) summary.services[*service] = read;
  });
}

}  // namespace

Data read_data(std::string_view bytes) {
  Data data;
  if (bytes.empty()) return data;
  bool has_version = false;
  std::string_view verbose;
  Cursor cursor(bytes);
  each_member(cursor, [&](std::string_view key) {
    if (key == "version") {
      has_version = true;
      return void(data.version = cursor.integer());
    }
    if (key == "revision") return void(data.revision = cursor.integer());
    if (key == "summary") return void(data.summary = cursor.value());
    if (key == "check") return void(data.check = cursor.value());
    if (key != "uptime" || !has_version) {
      const std::string_view value = cursor.value();
      if (key == "uptime") verbose = value;
      return;
    }
    read_uptime(cursor, bytes, data);
  });
  data.damaged = data.packed.cells.empty() && cursor.bad();
  if (has_version || verbose.empty()) return data;
  const VerboseHistory migrated = read_verbose_history(verbose);
  data.summary = {};
  data.packed = {.last_day = migrated.last_day, .days = migrated.days};
  data.migrated_cells = migrated.cells;
  return data;
}

Summary read_summary(const Config& config, std::string_view text) {
  Summary summary;
  summary.services.resize(config.services.size());
  if (text.empty()) return summary;
  Cursor cursor(text);
  each_member(cursor, [&](std::string_view key) {
    if (key == "timestamp") return void(summary.timestamp = parse_iso(cursor.string()));
    if (key == "states") return read_states(config, cursor, summary);
    cursor.value();
  });
  return summary;
}

std::string write_summary(const Config& config, const Summary& summary) {
  std::array<int, 5> counts{};
  JsonWriter states;
  states.reserve(config.services.size() * 64);
  states.begin_object();
  for (size_t i = 0; i < config.services.size(); ++i) {
    if (!config.services[i].enabled) continue;
    const auto& [status, since, message] = summary.services[i];
    ++counts[static_cast<size_t>(status)];
    states.key(config.services[i].id).begin_array().value(status_name(status)).value(iso(since.value_or(Time{})));
    message.empty() ? states.value(nullptr) : states.value(message);
    states.end_array();
  }
  states.end_object();

  JsonWriter json;
  json.begin_object().member("timestamp", iso(summary.timestamp.value_or(Time{}))).key("counts").begin_object();
  for (size_t i = 0; i < counts.size(); ++i) json.member(status_name(static_cast<Status>(i)), counts[i]);
  return json.end_object().key("states").raw(states.text()).end_object().take();
}

std::string write_data(int64_t revision, std::string_view summary, std::string_view check,
                       const RecordedHistory& history) {
  JsonWriter json;
  json.reserve(summary.size() + check.size() + history.cells.size() + 256);
  json.begin_object().member("version", kDataVersion).member("revision", revision);
  json.key("summary").raw(summary).key("check").raw(check);
  json.key("uptime").begin_object().member("lastDay", iso_day(history.last_day)).member("days", history.days);
  return json.key("cells").raw(history.cells).end_object().end_object().take();
}

}  // namespace hb
