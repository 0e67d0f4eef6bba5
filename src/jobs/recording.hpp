// A record of the check: the minutes since the last one are counted, and what readers see is written.
#pragma once

#include <optional>
#include <string>

#include "documents/alerts.hpp"
#include "documents/monitor_document.hpp"
#include "documents/outbox.hpp"
#include "documents/state.hpp"
#include "event/event.hpp"

namespace hb {

// The last check, and how long its statuses are held to be so.
struct LastCheck {
  Time scheduled{};
  Millis held_for{};
};

// Whether `after` has to be recorded though nothing has changed: at the interval of records, and as the first
// of a UTC day. `before` is the last record.
bool is_regular_record_due(const Config& config, const CheckState& before, Time scheduled);

// Counts the minutes since the last record into the cells of each watched service of `after`. Services whose
// cells are not in `before` go on from those in the history; without a history they are left alone.
void count_minutes(const Config& config, const CheckState& before, const LastCheck& last_check,
                   const std::optional<History>& history, CheckState& after);

// Whether count_minutes needs the history.
bool are_cells_missing(const Config& config, const CheckState& state);

// The state's cells, as of the day of its record.
Record cells_of(const Config& config, const CheckState& state);

// What the log has to say of a history that was not as it should be; `size` is the document's, in bytes.
std::optional<Log> damage_of(const MonitorDocument& monitor_document, const WrittenMonitorDocument& written,
                             size_t size);

// One line for each alert, up to a number.
void log_alerts(const std::vector<Alert>& alerts, std::vector<Log>& logs);

Summary summary_of(const Config& config, const CheckState& state, const Outbox& outbox, Time timestamp);

}  // namespace hb
