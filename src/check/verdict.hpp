// The verdict of one check: from the state before and the last heartbeats to the state now.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "check/health.hpp"
#include "config/config.hpp"
#include "documents/alerts.hpp"
#include "documents/changes.hpp"
#include "documents/state.hpp"
#include "text/utc_offsets.hpp"

namespace hb {

// When a check runs, and how far back the last one may lie.
struct CheckContext {
  Time scheduled{};
  Time now{};                        // when the documents were read
  Millis lag{};                      // how far they may be behind
  std::optional<Time> last_check{};  // as far as it is known
  Millis monitoring_gap_after{};     // a longer time without checks is a monitoring gap
  Millis missed_after{};             // after a longer one a check was missed; zero: that cannot be known
  UtcOffsets utc_offset{};           // of the configured time zone, for times in messages
  std::vector<UtcOffsets> zones{};   // those that the configuration names
};

struct ServiceChange {
  size_t service = 0;  // position in Config::services
  Change change{};

  bool operator==(const ServiceChange&) const = default;
};

struct Verdict {
  CheckState state{};           // with the cells of the last record
  std::vector<Alert> alerts{};  // what happened, in the order of the configuration
  bool has_changed = false;     // something that must not wait for the next regular record
  bool must_be_stored = false;  // there is something to remember, but nothing that readers see
  std::vector<ServiceChange> changes{};
};

// The rules:
// - A service is as health() says, but paused ones are paused.
// - One with a schedule is down from the end of its grace after it was expected, or when a run does not end in time
//   (due.hpp), and that is when its outage begins.
// - After a monitoring gap, missed checks, or a blackout that lasted g and ended at e, no service goes down
//   for missing heartbeats before e + min(threshold, g). Missed checks are not announced; but what kept the
//   checks away may have kept heartbeats away, too.
// - A blackout begins when a service passes its threshold while nothing was heard of anybody for so long that
//   three services that were up should have been: for more than half of their thresholds. It ends with the next
//   heartbeat of any service.
//   It is one alert; the alert of a service that goes down in it is pending, and only made when the service
//   is still down after the following grace period.
//
// Alerts have ids made of what they are about, so that the same change judged twice is the same alert.
Verdict judge(const Config& config, const CheckState& before, std::span<const LastHeartbeat> last_heartbeats,
              const CheckContext& check_context);

// Whether alerting is suppressed for services with this threshold: in a blackout, and for a while after a
// monitoring gap, missing heartbeats neither take a service down nor are announced.
bool is_alerting_suppressed(const CheckState& state, Millis threshold, Time scheduled);

}  // namespace hb
