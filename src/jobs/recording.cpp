#include "jobs/recording.hpp"

#include <algorithm>

#include "jobs/dispatch.hpp"

namespace hb {

Record cells_of(const Config& config, const CheckState& state) {
  Record cells{.today = day_of(*state.scheduled)};
  cells.cells.reserve(state.services.size());
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
  Summary summary{.timestamp = timestamp,
                  .services = {},
                  .channels = failing_channels(config, outbox),
                  .notices = {},
                  .suppression = {state.monitoring_gap, state.blackout},
                  .last_day = sums(state.last_day)};
  for (const ServiceState& row : state.services) {
    summary.services.push_back({row.status, row.since, row.message, row.expectation});
  }
  return summary;
}

}  // namespace hb
