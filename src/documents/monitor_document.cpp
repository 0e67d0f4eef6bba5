#include "documents/monitor_document.hpp"

#include <algorithm>

#include "config/finder.hpp"
#include "documents/edited_history.hpp"
#include "documents/verbose_history.hpp"
#include "text/cursor.hpp"
#include "text/json.hpp"
#include "text/json_writer.hpp"

namespace hb {
namespace {

constexpr int kMaxDays = 400;

// `text` begins with the object. The cells come last when this program wrote it, and then nothing walks them:
// that would cost as much as a record.
History read_uptime(std::string_view text) {
  History history;
  Cursor cursor(text);
  each_member(cursor, [&](std::string_view key) {
    if (key == "lastDay") {
      history.last_day = parse_day(cursor.string_or_skip()).value_or(Day{});
    } else if (key == "days") {
      history.days = static_cast<int>(std::clamp<int64_t>(cursor.integer_or_skip(), 0, kMaxDays));
    } else if (key == "cells" && cursor.peek_object()) {
      history.cells = text.substr(static_cast<size_t>(cursor.position() - text.data()));
      history.is_in_document = true;
      const bool is_last = history.last_day != Day{} && history.days > 0;
      if (!is_last) cursor.value();
    } else {
      cursor.value();
    }
  });
  history.days = days_of(history.cells, history.days);
  return history;
}

// Where the last day is missing or damaged, it is likely the day of the put.
History read_packed(std::string_view uptime, int64_t revision) {
  static constexpr int64_t kLastRevision = 253'402'300'799'999;  // the end of the year 9999
  History history = read_uptime(uptime);
  const bool has_day = history.last_day != Day{};
  if (!has_day) history.last_day = day_of(from_ms(std::clamp<int64_t>(revision, 0, kLastRevision)));
  return history;
}

// From this member on, where damage in front of it hides it: inside a text its quotes would be escaped.
std::string_view found_member(std::string_view bytes, std::string_view name) {
  const size_t at = bytes.find(name);
  return at == bytes.npos ? std::string_view() : bytes.substr(at + name.size());
}

void migrate(MonitorDocument& monitor_document, std::string_view uptime) {
  VerboseHistory verbose = read_verbose_history(uptime);
  if (verbose.days == 0) return;
  monitor_document.summary = {};
  monitor_document.packed = {.last_day = verbose.last_day, .days = verbose.days};
  monitor_document.migrated_cells = std::move(verbose.cells);
}

ServiceSummary read_state_row(Cursor& cursor) {
  ServiceSummary summary;
  cursor.expect('[');
  summary.status = status_named(cursor.string_or_skip()).value_or(Status::unknown);
  cursor.expect(',');
  summary.since = parse_iso(cursor.string_or_skip(kIsoLength));
  cursor.expect(',');
  summary.message = unescaped(cursor.string_or_skip());
  if (cursor.eat(',')) summary.expectation = read_expectation(cursor);
  cursor.expect(']');
  return summary;
}

void read_states(const Config& config, Cursor& cursor, Summary& summary) {
  ServiceFinder finder(config);
  std::vector<bool> has_own(config.services.size());
  each_member(cursor, [&](std::string_view id) {
    Cursor row(cursor.value());
    const auto service = finder.find(id);
    if (!service) return;
    const bool is_own = config.services[*service].id == id;
    const ServiceSummary read = read_state_row(row);
    if (row.bad() || (has_own[*service] && !is_own)) return;
    has_own[*service] = is_own;
    summary.services[*service] = read;
  });
}

void read_notices(Cursor& cursor, Summary& summary) {
  each_element(cursor, [&] {
    const auto json = parse_json(cursor.value());
    if (!json) return;
    const auto since = parse_iso(string_member(*json, "since").value_or(""));
    const std::string kind = string_member(*json, "kind").value_or("");
    const std::string text = string_member(*json, "text").value_or("");
    if (since && !kind.empty()) summary.notices.push_back({kind, text, *since});
  });
}

void read_channels(Cursor& cursor, Summary& summary) {
  each_element(cursor, [&] {
    const auto json = parse_json(cursor.value());
    const auto name = json ? string_member(*json, "name") : std::nullopt;
    if (!name) return;
    summary.channels.push_back({*name, parse_iso(string_member(*json, "failingSince").value_or(""))});
  });
}

Millis read_pace(Cursor& cursor) {
  static constexpr int64_t kDay = 86'400;
  return std::chrono::seconds{std::clamp<int64_t>(cursor.integer_or_skip(), 0, kDay)};
}

void print_time(JsonWriter& json, const std::optional<Time>& time) {
  time ? json.value(iso(*time)) : json.value(nullptr);
}

}  // namespace

MonitorDocument read_monitor_document(std::string_view bytes) {
  MonitorDocument monitor_document;
  std::optional<int64_t> version;
  std::string_view& uptime = monitor_document.uptime;
  Cursor cursor(bytes);
  each_member(cursor, [&](std::string_view key) {
    if (key == "version") return void(version = cursor.integer_or_skip());
    if (key == "revision") return void(monitor_document.revision = cursor.integer_or_skip());
    if (key == "summary") return void(monitor_document.summary = cursor.value());
    if (key == "check") return void(monitor_document.check_in_front = cursor.value());
    if (key == "uptime") uptime = bytes.substr(static_cast<size_t>(cursor.position() - bytes.data()));
    // With the summary in front of it the walk ends here, before the history.
    const bool is_last = key == "uptime" && version && !monitor_document.summary.empty();
    monitor_document.has_all_in_front |= is_last;
    if (!is_last) cursor.value();
  });
  if (uptime.empty()) uptime = found_member(bytes, "\"uptime\":");
  monitor_document.version = version.value_or(kMonitorDocumentVersion);
  if (!version) migrate(monitor_document, uptime);
  if (monitor_document.migrated_cells.empty())
    monitor_document.packed = read_packed(uptime, monitor_document.revision);
  const bool is_empty = !version && Cursor(uptime).peek('{');
  monitor_document.damaged = !bytes.empty() && !is_empty && monitor_document.history().cells.empty();
  return monitor_document;
}

// The cells are texts, so the first such object behind them is it. One that was laid out anew is found by walking.
std::string_view check_of(const MonitorDocument& monitor_document) {
  if (!monitor_document.check_in_front.empty()) return monitor_document.check_in_front;
  const std::string_view rest = monitor_document.uptime;
  static constexpr std::string_view kBoundary = "},\"check\":";
  const size_t at = rest.find("},\"check\":{");
  if (at != rest.npos) return rest.substr(at + kBoundary.size());
  std::string_view check;
  Cursor cursor(rest);
  cursor.value();
  if (!cursor.eat(',')) return {};
  each_further_member(cursor, [&](std::string_view key) {
    const std::string_view value = cursor.value();
    if (key == "check") check = value;
  });
  return check;
}

Summary read_summary(const Config& config, std::string_view text) {
  Summary summary;
  summary.services.resize(config.services.size());
  if (text.empty()) return summary;
  Cursor cursor(text);
  each_member(cursor, [&](std::string_view key) {
    if (key == "timestamp") return void(summary.timestamp = parse_iso(cursor.string_or_skip()));
    if (key == "pace") return void(summary.pace = read_pace(cursor));
    if (key == "lastDay") return void(summary.last_day = read_shares(config, cursor.value()));
    if (key == "states" && cursor.peek('{')) return read_states(config, cursor, summary);
    if (key == "channels" && cursor.peek('[')) return read_channels(cursor, summary);
    if (key == "notices" && cursor.peek('[')) return read_notices(cursor, summary);
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
    const auto& [status, since, message, expectation] = summary.services[i];
    ++counts[static_cast<size_t>(status)];
    states.key(config.services[i].id).begin_array().value(status_name(status));
    print_time(states, since);
    message.empty() ? states.value(nullptr) : states.value(message);
    if (expectation) print_expectation(states, *expectation);
    states.end_array();
  }
  states.end_object();

  JsonWriter json;
  json.begin_object().key("timestamp");
  print_time(json, summary.timestamp);
  print_span(json, "gap", summary.suppression.monitoring_gap);
  print_span(json, "silence", summary.suppression.blackout);
  if (summary.pace > Millis{0}) json.member("pace", summary.pace / 1s);
  if (!summary.last_day.empty()) print_shares(json.key("lastDay"), config, summary.last_day);
  json.key("counts").begin_object();
  for (size_t i = 0; i < counts.size(); ++i) json.member(status_name(static_cast<Status>(i)), counts[i]);
  json.end_object().key("states").raw(states.text());
  if (!summary.channels.empty()) print_channels(json.key("channels"), summary.channels);
  if (!summary.notices.empty()) print_notices(json.key("notices"), summary.notices);
  return json.end_object().take();
}

void print_channels(JsonWriter& json, const std::vector<FailingChannel>& channels) {
  json.begin_array();
  for (const auto& [name, since] : channels) {
    json.begin_object().member("name", name).member("failingSince", since).end_object();
  }
  json.end_array();
}

void print_notices(JsonWriter& json, const std::vector<Notice>& notices) {
  json.begin_array();
  for (const auto& [kind, text, since] : notices) {
    json.begin_object().member("kind", kind).member("text", text).member("since", since).end_object();
  }
  json.end_array();
}

WrittenMonitorDocument write_monitor_document(const Config& config, int64_t revision,
                                              std::string_view summary, std::string_view check,
                                              const History& history, const Record& record) {
  const Window window = window_of_record(history, record.today, config.settings.retention_days);
  JsonWriter json;
  json.reserve(summary.size() + 2048);
  json.begin_object().member("version", kMonitorDocumentVersion).member("revision", revision);
  json.key("summary").raw(summary);
  json.key("uptime").begin_object().member("lastDay", iso_day(window.last_day)).member("days", window.days);
  json.key("cells");
  std::string rest = "},\"check\":";
  rest.reserve(rest.size() + check.size() + 1);
  (rest += check) += '}';
  if (auto edited = edited_history(config, history, record, config.settings.retention_days)) {
    return {.put = {Key::data, json.take(), std::move(edited->cells), std::move(rest)},
            .last_day = window.last_day,
            .intact = edited->written,
            .written = edited->written};
  }
  RecordedHistory recorded = hb::record(json.take(), config, history, record, config.settings.retention_days);
  return {.put = {Key::data, std::move(recorded.cells), {}, std::move(rest)},
          .last_day = recorded.last_day,
          .intact = recorded.intact,
          .written = recorded.written,
          .repaired = recorded.repaired,
          .damaged = recorded.damaged};
}

}  // namespace hb
