// The state of the check: what it has to remember from one run to the next.
//
// It is stored as the member `check` of monitor:data (without the collector), as in
//
//   {"scheduled":1795327200000,"at":1795327200040,"gap":[since,until],"missed":[since,until],
//    "silence":[since,until or 0],"notified":{…},"hours":{…},"services":{"web":["up",since,seen,watched,"cells"],
//    "db":["down",…,"cells",{extras}]},"away":{…},"outbox":{…}}
//
// with times in ms and 0 for none; "notified" and "outbox" are there only when there is something. "hours" are those
// of documents/last_day.hpp. "cells"
// are those of yesterday and today, as of `scheduled`, or "" for none. The extras are there only when there
// are any: "message", "report" (time of the last report a check has seen), "quiet", "pausedUntil",
// "notified". Where a service has a schedule, "due", which stands first, is its expectation.
// `away` has the rows of inactive services.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "config/config.hpp"
#include "documents/expectation.hpp"
#include "documents/history.hpp"
#include "documents/last_day.hpp"
#include "documents/last_heartbeat.hpp"
#include "documents/notified.hpp"
#include "documents/outbox.hpp"
#include "documents/suppression.hpp"

namespace hb {

// Why a service is as it is, besides its reports and its threshold.
enum class Cause {
  none,
  unheard,    // it was expected, and not heard by the end of its grace
  running,    // a run did not end in time
  unstarted,  // it should have begun
  short_run,  // the last run took less than it can
};

struct ServiceState {
  Status status = Status::unknown;
  Time since{};
  std::optional<Time> last_seen{};
  std::optional<Time> watched_since{};  // absent: it appears, or is enabled again, with this check
  std::optional<DayCells> cells{};      // absent: they are where the history is
  std::string message{};
  std::optional<Time> report{};
  bool is_suppressed = false;  // went down in a blackout, so that its alert is still pending
  std::optional<Time> paused_until{};
  Notified notified{};
  std::optional<Expectation> expectation{};
  // Of this check; not stored.
  Cause cause = Cause::none;
  bool has_other_reason = false;  // than before, for the same status

  bool operator==(const ServiceState&) const = default;
};

// One that is disabled or not configured.
struct InactiveService {
  std::string id{};
  ServiceState row{};  // as it was when it was last monitored

  bool operator==(const InactiveService&) const = default;
};

struct CheckState {
  std::optional<Time> scheduled{};       // of the last check that recorded
  std::optional<Time> at{};              // when that one read its documents
  std::optional<Span> monitoring_gap{};  // the last one
  std::optional<Span> missed{};          // the last missed checks: too short a time for a monitoring gap
  std::optional<Span> blackout{};        // the last one
  Notified notified{};                   // of the blackout
  LastDay last_day{};
  std::vector<ServiceState> services{};  // by the position in Config::services
  std::vector<InactiveService> inactive{};
  std::optional<Outbox> outbox{};  // absent with the collector, which has a row for it
  bool is_damaged = false;         // there was a text, and not all of it could be read

  bool operator==(const CheckState&) const = default;
};

// The state as far as it can be read; `json` may be empty. Times that are not plausible at `now` are absent.
// Inactive services stay in it for the retention time after they were last seen. One that is enabled and
// configured again is monitored anew.
CheckState read_state(const Config& config, Time now, std::string_view json);

std::string write_state(const Config& config, const CheckState& state);

}  // namespace hb
