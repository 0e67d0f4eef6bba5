// The collector's row `tick`, its status: the last check, what was published, what was done today and in the
// days before.
//
// Written by every check, and after every publishing.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "collector/rows.hpp"
#include "collector/usage.hpp"
#include "event/event.hpp"

namespace hb {

inline constexpr size_t kPastDays = 30;

struct CollectorStatus {
  std::optional<Time> scheduled{};  // of the last check that ran
  std::optional<Time> at{};         // when it ran
  int64_t next = 1;                 // number of the next entry of the write-ahead log, at that check
  // Of monitor:data: the revision to put, or put last; the one before it; the last day in what was put.
  int64_t revision = 0;
  int64_t revision_before = 0;
  std::optional<Day> last_day{};
  int64_t stored_revision = 0;      // of what was put last and is stored
  int64_t stored_version = 0;       // of the format in which that was written
  int64_t histories = 0;            // how many services have one there
  std::optional<Time> published{};  // last time that something was put
  std::optional<Time> tried{};      // last time that something was to be put
  int64_t published_through = -1;   // as far as monitor:latest was put
  int64_t alerts = 0;               // how often the row `alerts` was changed
  int64_t published_alerts = 0;     // as far as recent:alerts was put
  int64_t backlog_from = 0;         // the rows of the backlog (backlog.hpp) that are not taken in yet
  int64_t backlog_until = 0;        // exclusive
  bool is_urgent = false;           // a status changed, or an alert came, since the last publishing
  bool is_ordered = false;          // a publishing was, and has not come to its end
  bool is_foreign = false;          // others have written monitor:data since
  std::optional<Time> failing{};    // since when puts fail
  std::optional<Time> lost{};       // since when KV has lost monitor:data
  std::optional<Time> damaged{};    // when the collector's storage was found damaged last
  Day day{};                        // what `today` is about
  Usage today{};
  std::vector<std::pair<Day, std::string>> past{};  // usage as JSON, newest first

  bool operator==(const CollectorStatus&) const = default;
};

// As far as it can be read; times that are not plausible at `now` are absent. An empty row is that of a
// collector that has never checked.
CollectorStatus read_collector_status(std::string_view row, Time now);
std::string write_collector_status(const CollectorStatus& collector_status);

// 0 for one that is too far ahead: else all that is written later would count as older for ever.
int64_t plausible_revision(int64_t revision, Time now);

// Whether the collector itself may have put this revision of monitor:data.
bool is_own_revision(const CollectorStatus& collector_status, int64_t revision);

// Lets the day of `now` begin: what was counted before is past.
void begin_day(CollectorStatus& collector_status, Time now);

}  // namespace hb
