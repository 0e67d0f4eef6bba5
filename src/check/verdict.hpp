// The judgement of one check: from what was and what was heard to what is.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "check/health.hpp"
#include "config/config.hpp"
#include "documents/alerts.hpp"
#include "documents/changes.hpp"
#include "documents/state.hpp"

namespace hb {

// When a check runs, and how far back the last one may lie.
struct Moment {
  Time scheduled{};
  Time now{};                         // when the documents were read
  Millis lag{};                       // how far they may be behind
  std::optional<Time> last_check{};   // as far as it is known
  Millis gap_after{};                 // a longer time without checks is a gap
  Millis missed_after{};              // after a longer one a check was missed; zero: that cannot be told
  std::chrono::minutes utc_offset{};  // of the configured time zone, for times in messages
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
  bool has_missed = false;      // checks were missed, which is to be remembered, but is no news
  std::vector<ServiceChange> changes{};
};

// The rules:
// - A service is as health() says, but paused ones are paused.
// - After a gap, missed checks, or a common silence that lasted g and ended at e, nobody goes down by silence
//   before e + min(threshold, g). Missed checks are no news; but what kept the checks away may have kept
//   heartbeats away, too.
// - A common silence begins when a service passes its threshold while all others that were up, at least
//   three in all, have been silent for more than half of theirs. It ends with the next heartbeat of anybody.
//   It is one alert; who goes down in it is owed an alert only when still down after the following grace.
//
// Alerts have ids made of what they are about, so that the same change judged twice is the same alert.
Verdict judge(const Config& config, const CheckState& before, std::span<const Heard> heard,
              const Moment& moment);

// Whether nobody with this threshold is to be called, or told, down for being silent: everybody is, or the
// monitor was blind until a while ago.
bool is_blind(const CheckState& state, Millis threshold, Time scheduled);

}  // namespace hb
