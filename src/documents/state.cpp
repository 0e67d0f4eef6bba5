#include "documents/state.hpp"

#include <algorithm>
#include <utility>

#include "config/finder.hpp"
#include "text/cursor.hpp"
#include "text/json.hpp"
#include "text/json_writer.hpp"

namespace hb {
namespace {

std::optional<Time> time_or_none(int64_t ms, Time now) {
  const Time time = from_ms(ms);
  if (ms <= 0 || !is_plausible(time, now)) return std::nullopt;
  return time;
}

struct ReadRow {
  ServiceState row{};
  bool is_damaged = false;
};

constexpr std::string_view kDue = "{\"due\":";

// What most rows of services with schedules have of extras, read without a DOM. False when there is more.
bool read_due(ServiceState& row, std::string_view text) {
  if (!text.starts_with(kDue)) return false;
  Cursor cursor(text.substr(kDue.size()));
  const auto expectation = read_expectation(cursor);
  if (expectation) row.expectation = expectation;
  return cursor.eat('}') && cursor.at_end();
}

bool read_extras(ServiceState& row, std::string_view text, Time now) {
  if (read_due(row, text)) return true;
  const std::optional<Json> json = parse_json(text);
  if (!json) return false;
  row.message = string_member(*json, "message").value_or("");
  row.report = time_or_none(integer_member(*json, "report").value_or(0), now);
  const Json* suppressed = member(*json, "quiet");
  row.is_suppressed = suppressed != nullptr && as_bool(*suppressed).value_or(false);
  const int64_t paused_until = integer_member(*json, "pausedUntil").value_or(0);
  if (paused_until > 0) row.paused_until = from_ms(paused_until);
  const Json* notified = member(*json, "notified");
  if (notified != nullptr) row.notified = read_notified(dump(*notified), now);
  return true;
}

std::optional<DayCells> read_cells(std::string_view text) {
  if (text.size() != 2 * kCellLength) return std::nullopt;
  const auto yesterday = unpack(text.substr(0, kCellLength));
  const auto today = unpack(text.substr(kCellLength));
  if (!yesterday || !today) return std::nullopt;
  return DayCells{.today = *today, .yesterday = *yesterday};
}

ReadRow read_row(Cursor& cursor, Time now) {
  ReadRow read;
  ServiceState& row = read.row;
  cursor.expect('[');
  const auto status = status_named(cursor.string_or_skip());
  row.status = status.value_or(Status::unknown);
  cursor.expect(',');
  row.since = time_or_none(cursor.integer_or_skip(), now).value_or(now);
  cursor.expect(',');
  row.last_seen = time_or_none(cursor.integer_or_skip(), now);
  cursor.expect(',');
  row.watched_since = time_or_none(cursor.integer_or_skip(), now);
  cursor.expect(',');
  const std::string_view cells = cursor.string_or_skip(2 * kCellLength);
  row.cells = read_cells(cells);
  const bool has_extras_read = !cursor.eat(',') || read_extras(row, cursor.value(), now);
  cursor.expect(']');
  read.is_damaged = cursor.bad() || !status || (!row.cells && !cells.empty()) || !has_extras_read;
  return read;
}

ReadRow read_row(std::string_view text, Time now) {
  Cursor cursor(text);
  return read_row(cursor, now);
}

// What a row begins with, whatever else it has.
bool is_row(std::string_view text) {
  Cursor cursor(text);
  return cursor.eat('[') && cursor.peek('"');
}

// The row of a service that was not watched for a while.
ServiceState watched_anew(ServiceState inactive) {
  return {.last_seen = inactive.last_seen,
          .report = inactive.report,
          .paused_until = inactive.paused_until,
          .notified = std::move(inactive.notified)};
}

// Sorts the rows of one document into watched services and others.
class Rows {
 public:
  Rows(const Config& config, Time now, CheckState& state)
      : config_(config), now_(now), state_(state), finder_(config), has_own_(config.services.size()) {}

  // A damaged row does not hide those behind it.
  void read(Cursor& cursor, bool was_inactive) {
    state_.is_damaged |= !each_member_past_damage(cursor, ']', [&](std::string_view id) {
      const auto service = finder_.find(id);
      if (!was_inactive && service && is_own_and_watched(*service, id)) return add_own(*service, cursor);
      const std::string_view text = cursor.value();
      if (cursor.bad()) return;
      is_row(text) ? add(id, service, text, was_inactive) : note_damage();
    });
  }

 private:
  void note_damage() { state_.is_damaged = true; }

  bool is_own_and_watched(size_t service, std::string_view id) const {
    return config_.services[service].enabled && config_.services[service].id == id;
  }

  // The hot path: read where it stands, unless it is not as it was written.
  void add_own(size_t service, Cursor& cursor) {
    Cursor ahead = cursor;
    ReadRow read = read_row(ahead, now_);
    if (ahead.bad()) {
      const std::string_view text = cursor.value();
      if (cursor.bad() || (has_own_[service] && !is_row(text))) return note_damage();
      read = read_row(text, now_);
    } else {
      cursor = ahead;
    }
    has_own_[service] = true;
    take(state_.services[service], std::move(read));
  }

  void take(ServiceState& into, ReadRow read) {
    state_.is_damaged |= read.is_damaged;
    into = std::move(read.row);
  }

  void add(std::string_view id, const std::optional<size_t>& service, std::string_view text,
           bool was_inactive) {
    if (!service || !config_.services[*service].enabled) return keep(id, text);
    const bool is_own = config_.services[*service].id == id;
    if (has_own_[*service] && (!is_own || was_inactive)) return;
    has_own_[*service] = is_own;
    ServiceState& into = state_.services[*service];
    take(into, read_row(text, now_));
    if (was_inactive) into = watched_anew(std::move(into));
  }

  void keep(std::string_view id, std::string_view text) {
    ServiceState row;
    take(row, read_row(text, now_));
    const Time last = std::max(row.last_seen.value_or(Time{}), row.watched_since.value_or(Time{}));
    if (last < now_ - std::chrono::days{config_.settings.retention_days}) return;
    state_.inactive.push_back({unescaped(id), std::move(row)});
  }

  const Config& config_;
  Time now_;
  CheckState& state_;
  ServiceFinder finder_;
  std::vector<bool> has_own_;
};

// Where damage in front of them hides the rows they are looked for: inside a text the quotes would be escaped.
void find_rows(Rows& rows, std::string_view text, std::string_view name, bool was_inactive) {
  const size_t at = text.find(name);
  if (at == text.npos) return;
  Cursor cursor(text.substr(at + name.size()));
  rows.read(cursor, was_inactive);
}

bool has_extras(const ServiceState& row) {
  return !row.message.empty() || row.report || row.is_suppressed || row.paused_until ||
         !row.notified.empty() || row.expectation;
}

int64_t ms_or_zero(const std::optional<Time>& time) {
  return time ? to_ms(*time) : 0;
}

void write_extras(JsonWriter& json, const ServiceState& row) {
  json.begin_object();
  if (row.expectation) print_expectation(json.key("due"), *row.expectation);
  if (!row.message.empty()) json.member("message", row.message);
  if (row.report) json.member("report", to_ms(*row.report));
  if (row.is_suppressed) json.member("quiet", true);
  if (row.paused_until) json.member("pausedUntil", to_ms(*row.paused_until));
  if (!row.notified.empty()) json.key("notified").raw(write_notified(row.notified));
  json.end_object();
}

void write_row(JsonWriter& json, const ServiceState& row) {
  const std::string cells = row.cells ? pack(row.cells->yesterday) + pack(row.cells->today) : std::string();
  json.begin_array().value(status_name(row.status)).value(to_ms(row.since)).value(ms_or_zero(row.last_seen));
  json.value(ms_or_zero(row.watched_since)).value(cells);
  if (has_extras(row)) write_extras(json, row);
  json.end_array();
}

}  // namespace

CheckState read_state(const Config& config, Time now, std::string_view text) {
  CheckState state;
  state.services.resize(config.services.size());
  if (text.empty()) return state;
  Rows rows(config, now, state);
  bool has_rows = false;
  bool has_inactive = false;
  Cursor cursor(text);
  each_member(cursor, [&](std::string_view key) {
    if (key == "scheduled") return void(state.scheduled = time_or_none(cursor.integer_or_skip(), now));
    if (key == "at") return void(state.at = time_or_none(cursor.integer_or_skip(), now));
    if (key == "gap") return void(state.monitoring_gap = read_span(cursor.value(), now));
    if (key == "missed") return void(state.missed = read_span(cursor.value(), now));
    if (key == "silence") return void(state.blackout = read_span(cursor.value(), now));
    if (key == "notified") return void(state.notified = read_notified(cursor.value(), now));
    if (key == "hours") return void(state.last_day = read_last_day(config, cursor.value()));
    if (key == "services" && cursor.peek_object()) return has_rows = true, rows.read(cursor, false);
    if (key == "away" && cursor.peek_object()) return has_inactive = true, rows.read(cursor, true);
    if (key == "outbox") return void(state.outbox = read_outbox(cursor.value()));
    cursor.value();
  });
  if (cursor.bad() && !has_rows) find_rows(rows, text, "\"services\":", false);
  if (cursor.bad() && !has_inactive) find_rows(rows, text, "\"away\":", true);
  state.is_damaged |= cursor.bad();
  return state;
}

std::string write_state(const Config& config, const CheckState& state) {
  JsonWriter json;
  json.reserve(config.services.size() * 96 + state.inactive.size() * 96 + 256);
  json.begin_object();
  json.member("scheduled", ms_or_zero(state.scheduled)).member("at", ms_or_zero(state.at));
  print_span(json, "gap", state.monitoring_gap);
  print_span(json, "missed", state.missed);
  print_span(json, "silence", state.blackout);
  if (!state.notified.empty()) json.key("notified").raw(write_notified(state.notified));
  if (!state.last_day.groups.empty()) print_last_day(json.key("hours"), config, state.last_day);
  json.key("services").begin_object();
  for (size_t i = 0; i < config.services.size(); ++i) {
    if (!config.services[i].enabled) continue;
    json.key(config.services[i].id);
    write_row(json, state.services[i]);
  }
  json.end_object().key("away").begin_object();
  for (const auto& [id, row] : state.inactive) write_row(json.key(id), row);
  json.end_object();
  if (state.outbox) print_outbox(json.key("outbox"), *state.outbox);
  return json.end_object().take();
}

}  // namespace hb
