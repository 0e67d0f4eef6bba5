// A record of the check: what readers see of it.
#pragma once

#include <optional>
#include <string>

#include "documents/alerts.hpp"
#include "documents/monitor_document.hpp"
#include "documents/outbox.hpp"
#include "documents/state.hpp"
#include "event/event.hpp"

namespace hb {

// The state's cells, as of the day of its record.
Record cells_of(const Config& config, const CheckState& state);

// What the log has to say of a history that was not as it should be; `size` is the document's, in bytes.
std::optional<Log> damage_of(const MonitorDocument& monitor_document, const WrittenMonitorDocument& written,
                             size_t size);

// One line for each alert, up to a number.
void log_alerts(const std::vector<Alert>& alerts, std::vector<Log>& logs);

Summary summary_of(const Config& config, const CheckState& state, const Outbox& outbox, Time timestamp);

}  // namespace hb
