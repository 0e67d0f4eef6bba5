// What a check finds, as entries of recent:alerts.
#pragma once

#include <string>
#include <vector>

#include "config/config.hpp"
#include "documents/alerts.hpp"
#include "documents/state.hpp"

namespace hb {

// "No heartbeat since 2026-11-22 06:00:12 UTC, limit 5 min"
std::string staleness_sentence(Time last_seen, Millis threshold);

// A problem and a recovery are; that a service becomes known, paused or monitored is not.
bool is_worth_an_alert(Status before, Status after);

Alert change_alert(const Service& service, const ServiceState& before, const ServiceState& after);

// It is monitored for long, and was never seen.
Alert never_seen_alert(const Service& service, const ServiceState& state, Time at);

// It went down in a blackout, and did not come back with the others.
Alert still_down_alert(const Service& service, const ServiceState& state, Time at);

// The service failed and recovered between two checks.
Alert passing_alert(const Service& service, const Report& report, Time recovered, Time at);

// KV is without monitor:data, or has an old one; or it has less of the history than was put.
Alert loss_alert(Time at);
Alert history_damage_alert(Time at);
// It has been so since then, and stays so.
Alert accepted_loss_alert(Time since, Time at);

// What is gone of the collector's storage; of one day and the same things there is one.
Alert storage_alert(const std::vector<std::string>& faults, Time at);
Alert lost_storage_alert(Time known_until, Time at);

Alert monitoring_gap_alert(const Span& monitoring_gap, Time at);
Alert blackout_alert(const Span& blackout, int services, Time at);
Alert blackout_end_alert(const Span& blackout);

}  // namespace hb
