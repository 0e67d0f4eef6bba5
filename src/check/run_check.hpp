// One check as a function of values, wherever they come from and are stored: with KV only, and in the collector.
#pragma once

#include <optional>
#include <span>

#include "check/verdict.hpp"
#include "config/config.hpp"
#include "documents/history.hpp"
#include "documents/last_heartbeat.hpp"
#include "documents/state.hpp"

namespace hb {

struct CheckInput {
  const CheckState& before;
  std::span<const LastHeartbeat> last_heartbeats;  // by position in Config::services
  CheckContext context{};
  std::optional<History> history{};  // absent: it was not read
  bool must_record = false;          // whatever the verdict is
};

struct CheckResult {
  Verdict verdict{};
  // The state has to be stored: something changed, checks were missed, the interval of records is over, or it is
  // the first check of a UTC day.
  bool is_record_due = false;
  bool lacks_history = false;  // for that, without which count_minutes leaves services out
};

CheckResult run_check(const Config& config, const CheckInput& input);

// Counts the minutes since the last record into the cells of each monitored service of `state`, which comes of
// run_check. Services whose cells are not in `before` go on from those in the history; without a history they are
// left alone. What the last check said holds until this one, but no longer than until a monitoring gap.
void count_minutes(const Config& config, const CheckInput& input, CheckState& state);

}  // namespace hb
