// What the monitor says of the services right now, joined from configuration, last check and heartbeats.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "config/config.hpp"
#include "documents/latest.hpp"
#include "documents/monitor_document.hpp"
#include "event/event.hpp"

namespace hb {

struct OpenRun {
  std::string id{};  // empty: the one without
  Time since{};
  std::optional<Time> deadline{};

  bool operator==(const OpenRun&) const = default;
};

struct ServiceStatus {
  const Service* service = nullptr;
  ServiceSummary summary{};  // status, since, message of the last check
  std::optional<Time> last_seen{};
  Runs runs{};
  // Of one with a schedule or runs, once they are noted (check/current_due.hpp).
  bool is_timed = false;
  std::optional<Time> expected_by{};
  std::optional<Time> deadline{};
  bool is_late = false;
  std::vector<OpenRun> open_runs{};
};

struct Counts {
  int total = 0;
  int up = 0;
  int degraded = 0;
  int down = 0;
  int unknown = 0;  // paused ones included
};

struct CurrentStatus {
  std::optional<Time> timestamp{};        // of the last check; absent before the first
  std::vector<ServiceStatus> services{};  // the enabled ones, in the configuration's order
  Counts counts{};
  std::vector<FailingChannel> channels{};
  std::vector<Notice> notices{};
  Shares last_day{};     // the uptime of the 24 hours before the last check
  Millis stale_after{};  // it would be stale, were it older than this
};

// The documents must be read already. `data` may be of a newer version.
CurrentStatus current_status(const Config& config, Time now, std::string_view latest, std::string_view data);

// The body of GET /api/status.
std::string print_status(const Config& config, Time now, Role role, const CurrentStatus& status);

// When the last check recorded; absent before the first, or when that time is not plausible at `now`.
std::optional<Time> last_recorded_check(const Config& config, Time now, std::string_view data);

// Older than this a last check is no check: the interval of records, or the pace that the collector puts at, three
// checks and a minute.
Millis stale_after(const Config& config, Millis pace = Millis{0});

}  // namespace hb
