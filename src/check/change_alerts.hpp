// What the check has to say, as entries of recent:alerts.
#pragma once

#include <string>

#include "config/config.hpp"
#include "documents/alerts.hpp"
#include "documents/state.hpp"

namespace hb {

// "No heartbeat since 2026-11-22 06:00:12 UTC, limit 5 min"
std::string silence_sentence(Time seen, Millis threshold);

// Troubles and recoveries are; becoming known, paused or watched is not.
bool is_worth_telling(Status before, Status after);

Alert change_alert(const Service& service, const ServiceState& before, const ServiceState& after);

// Went down in a common silence, and did not come back with the others.
Alert still_down_alert(const Service& service, const ServiceState& state, Time at);

// Failed and recovered between two checks.
Alert passing_alert(const Service& service, const Report& report, Time recovered, Time at);

// KV has been without monitor:data since.
Alert loss_alert(Time since, Time at);

Alert gap_alert(const Span& gap, Time at);
Alert silence_alert(const Span& silence, int services, Time at);
Alert silence_end_alert(const Span& silence);

}  // namespace hb
