#include "jobs/recording.hpp"

#include <algorithm>

#include "check/minutes.hpp"
#include "jobs/dispatch.hpp"

namespace hb {
namespace {

DayCells stored_cells(std::string_view cells, Day last_day, Day today) {
  const std::vector<Minutes> days = daily_minutes(cells, last_day, today, 2);
  return {.today = days[1], .yesterday = days[0]};
}

class Counter {
 public:
  Counter(const Config& config, const CheckState& before, const LastCheck& last_check,
          const std::optional<History>& history, Time scheduled)
      : config_(config), before_(before), last_check_(last_check), history_(history), scheduled_(scheduled) {}

  void count(size_t i, ServiceState& row) {
    const bool has_cells = row.cells && before_.scheduled;
    if (!has_cells && !history_) return;
    const Day today = day_of(scheduled_);
    const DayCells cells =
        has_cells ? rolled(*row.cells, day_of(*before_.scheduled), today) : in_history(i, today);
    row.cells = counted(cells, before_.services[i], row.status);
  }

 private:
  DayCells in_history(size_t i, Day today) {
    if (stored_.empty()) stored_ = read_history(config_, *history_);
    return stored_cells(stored_[i], history_->last_day, today);
  }

  DayCells counted(const DayCells& cells, const ServiceState& before, Status after) const {
    if (!before_.scheduled || !before.watched_since) return counted_first(cells, scheduled_, after);
    const Elapsed elapsed{.last_record = *before_.scheduled,
                          .last_check = last_check_.scheduled,
                          .check = scheduled_,
                          .held_for = last_check_.held_for};
    return hb::counted(cells, elapsed, before.status, after);
  }

  const Config& config_;
  const CheckState& before_;
  const LastCheck& last_check_;
  const std::optional<History>& history_;
  const Time scheduled_;
  std::vector<std::string_view> stored_{};
};

}  // namespace

bool is_regular_record_due(const Config& config, const CheckState& before, Time scheduled) {
  if (!before.scheduled) return true;
  return scheduled - *before.scheduled >= config.settings.monitoring.record_interval ||
         day_of(scheduled) != day_of(*before.scheduled);
}

void count_minutes(const Config& config, const CheckState& before, const LastCheck& last_check,
                   const std::optional<History>& history, CheckState& after) {
  Counter counter(config, before, last_check, history, *after.scheduled);
  for (size_t i = 0; i < after.services.size(); ++i) {
    if (config.services[i].enabled) counter.count(i, after.services[i]);
  }
}

bool are_cells_missing(const Config& config, const CheckState& state) {
  if (!state.scheduled) return true;
  for (size_t i = 0; i < state.services.size(); ++i) {
    if (config.services[i].enabled && !state.services[i].cells) return true;
  }
  return false;
}

Record cells_of(const Config& config, const CheckState& state) {
  Record cells{.today = day_of(*state.scheduled)};
  for (size_t i = 0; i < state.services.size(); ++i) {
    cells.cells.push_back(config.services[i].enabled ? state.services[i].cells : std::nullopt);
  }
  return cells;
}

std::optional<Log> damage_of(const MonitorDocument& monitor_document, const WrittenMonitorDocument& written,
                             size_t size) {
  if (monitor_document.damaged && size > 0) {
    return Log{Level::error, "monitor:data (" + std::to_string(size) +
                                 " bytes) has no history that can be read; it begins anew"};
  }
  if (!written.damaged && written.repaired == 0) return std::nullopt;
  return Log{Level::error, "monitor:data is damaged: " + std::to_string(written.repaired) +
                               " histories were repaired" +
                               (written.damaged ? ", the rest cannot be read" : "")};
}

void log_alerts(const std::vector<Alert>& alerts, std::vector<Log>& logs) {
  static constexpr size_t kMost = 20;
  for (size_t i = 0; i < std::min(kMost, alerts.size()); ++i) {
    const Level level = alerts[i].severity == "info" ? Level::info : Level::warn;
    logs.push_back({level, alerts[i].title + ". " + alerts[i].message, alerts[i].status});
  }
  if (alerts.size() <= kMost) return;
  logs.push_back({Level::warn, "… and " + std::to_string(alerts.size() - kMost) + " more changes", "more"});
}

Summary summary_of(const Config& config, const CheckState& state, const Outbox& outbox, Time timestamp) {
  Summary summary{.timestamp = timestamp, .services = {}, .channels = failing_channels(config, outbox)};
  for (const ServiceState& row : state.services) {
    summary.services.push_back({row.status, row.since, row.message});
  }
  return summary;
}

}  // namespace hb
