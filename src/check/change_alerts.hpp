// What the check has to say, as entries of recent:alerts.
#pragma once

#include <string>

#include "config/config.hpp"
#include "documents/alerts.hpp"
#include "documents/state.hpp"

namespace hb {

// "No heartbeat since 2026-11-22 06:00:12 UTC, limit 5 min"
std::string staleness_sentence(Time last_seen, Millis threshold);

// Problems and recoveries are; becoming known, paused or monitored is not.
bool is_worth_notifying(Status before, Status after);

Alert change_alert(const Service& service, const ServiceState& before, const ServiceState& after);

// Went down in a blackout, and did not come back with the others.
Alert still_down_alert(const Service& service, const ServiceState& state, Time at);

// Failed and recovered between two checks.
Alert passing_alert(const Service& service, const Report& report, Time recovered, Time at);

// KV has been without monitor:data since.
Alert loss_alert(Time since, Time at);

Alert monitoring_gap_alert(const Span& monitoring_gap, Time at);
Alert blackout_alert(const Span& blackout, int services, Time at);
Alert blackout_end_alert(const Span& blackout);

}  // namespace hb
