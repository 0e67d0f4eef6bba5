// The stored documents, read from any bytes and written again.

#include "documents/alerts.hpp"
#include "documents/latest.hpp"
#include "documents/monitor_document.hpp"
#include "documents/state.hpp"
#include "fuzz.hpp"
#include "text/json.hpp"

using namespace hb;

namespace {

const Config& config() {
  static const ParsedConfig parsed = parsed_config();
  return parsed.config;
}

// What a merge has written is whole, and merging it with itself or with a copy of before changes nothing.
void merge_any_latest(std::string_view one, std::string_view other) {
  const std::string_view copies[] = {one, other};
  const MergedLatest merged = merge_latest(config(), kNow, copies);
  const Exact bytes(merged.bytes);
  const std::string_view again[] = {bytes.view(), one, other};
  const MergedLatest twice = merge_latest(config(), kNow, again);
  require(read_latest(config(), kNow, twice.bytes) == read_latest(config(), kNow, bytes.view()));
  const std::string_view kv_only[] = {bytes.view()};
  require(!merge_latest(config(), kNow, kv_only).damaged);
}

void merge_any_alerts(std::string_view one, std::string_view other) {
  const AlertHistory& limits = config().notifications.alert_history;
  const std::string_view copies[] = {one, other};
  const std::string bytes = merge_alerts(limits, kNow, copies).bytes;
  require(parse_json(bytes).has_value());
  const std::string_view again[] = {bytes, other, one};
  require(merge_alerts(limits, kNow, again).bytes == bytes);
  const auto alerts = read_alerts(bytes);
  require(read_alerts(write_alerts(alerts)) == alerts);
}

void read_any_state(std::string_view text) {
  const CheckState state = read_state(config(), kNow, text);
  read_suppression(kNow, text);
  require(read_state(config(), kNow, write_state(config(), state)).blackout == state.blackout);
}

void read_any_summary(std::string_view text) {
  const Summary summary = read_summary(config(), text);
  const std::string written = write_summary(config(), summary);
  require(parse_json(written).has_value());
  require(write_summary(config(), read_summary(config(), written)) == written);
}

// Records on the days around today; what they leave is whole and not repaired again.
void record_any_history(std::string_view text) {
  const MonitorDocument monitor_document = read_monitor_document(text);
  const History history = monitor_document.history();
  for (const int later : {-1, 0, 1, 3}) {
    Record one{.today = day_of(kNow) + std::chrono::days{later}};
    one.cells.assign(config().services.size(), DayCells{.today = {.up = 5}});
    const RecordedHistory first = record("", config(), history, one, config().settings.retention_days);
    const History written{first.last_day, first.days, first.cells};
    const RecordedHistory second = record("", config(), written, one, config().settings.retention_days);
    require(!second.damaged);
    // Of a day before the last one there may be no cell.
    const bool is_kept = first.last_day == one.today || first.days > 1;
    require(!is_kept || second.cells.find(pack({.up = 5})) != second.cells.npos);
  }
  for (const std::string_view cells : read_history(config(), history)) {
    daily_minutes(cells, history.last_day, day_of(kNow), 7);
  }
}

}  // namespace

int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  if (size == 0) return 0;
  const std::vector<Exact> parts = split(view_of(data + 1, size - 1), 2);
  switch (data[0] % 5) {
    case 0:
      merge_any_latest(parts[0].view(), parts[1].view());
      break;
    case 1:
      merge_any_alerts(parts[0].view(), parts[1].view());
      break;
    case 2:
      read_any_state(parts[0].view());
      break;
    case 3:
      read_any_summary(parts[0].view());
      break;
    default:
      record_any_history(parts[0].view());
  }
  return 0;
}
