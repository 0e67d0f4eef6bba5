// The packed daily history: per service one string of fixed-width cells, one cell a day, oldest first.
//
// A cell is 8 characters: four 12-bit counters (minutes up, degraded, down, unknown), each two characters of
// the base64 alphabet (RFC 4648), high bits first. So a day can be set in place, without parsing the rest.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "config/config.hpp"
#include "documents/last_heartbeat.hpp"

namespace hb {

inline constexpr size_t kCellLength = 8;
inline constexpr int kMinutesPerDay = 1440;
inline constexpr std::string_view kEmptyCell = "AAAAAAAA";

struct Minutes {
  int up = 0;
  int degraded = 0;
  int down = 0;
  int unknown = 0;

  bool operator==(const Minutes&) const = default;

  int known() const { return up + degraded + down; }
  int total() const { return known() + unknown; }
};

// For sums over many days, which know no bound.
Minutes& operator+=(Minutes& sum, const Minutes& more);

// Counts `minutes` for a status; a paused service's are unknown. Counters stop at kMinutesPerDay.
void count(Minutes& day, Status status, int minutes);

// (up + degraded / 2) / known, in per cent. Absent when nothing is known.
std::optional<double> uptime_percentage(const Minutes& minutes);

std::string pack(const Minutes& minutes);

// Absent when the cell has another length or alphabet.
std::optional<Minutes> unpack(std::string_view cell);

// The histories of a document: each `days` cells, the last one for `last_day`.
struct History {
  Day last_day{};
  int days = 0;
  std::string_view cells{};     // begins with the JSON object; what follows it is not looked at
  bool is_in_document = false;  // of KV, where they can be edited in place
};

// The cells of today and yesterday that a record sets.
struct DayCells {
  Minutes today{};
  Minutes yesterday{};

  bool operator==(const DayCells&) const = default;
};

struct Record {
  Day today{};
  std::vector<std::optional<DayCells>> cells{};  // by the position in Config::services; absent: left alone
};

// Which days the histories of a record hold.
struct Window {
  Day last_day{};
  int days = 0;
};

// A day change shifts by the days elapsed and cuts or widens to `retention_days`; it never moves backwards.
Window window_of_record(const History& history, Day today, int retention_days);

struct RecordedHistory {
  std::string cells{};  // the JSON object, behind whatever it was to be appended to
  Day last_day{};
  int days = 0;
  size_t intact = 0;     // histories that were stored as they should be
  size_t written = 0;    // histories that there are now
  size_t repaired = 0;   // those of a wrong length, or with what is no cell
  bool damaged = false;  // some could not be read at all
};

// The history with the record's cells set, for the days of window_of_record, appended to `start`. Services
// without cells get them; a service's previous ids hand theirs over; unconfigured ids stay until all their
// cells are empty at a day change.
RecordedHistory record(std::string start, const Config& config, const History& history, const Record& record,
                       int retention_days);

// How many days the stored histories have. `days` is what the document says; where the damage is in that number,
// the histories know better.
int days_of(std::string_view cells, int days);

// Each service's cells as they stand in the document, by the position in Config::services; empty where it has
// none. A service without cells of its own shows those of a previous id.
std::vector<std::string_view> read_history(const Config& config, const History& history);

// The last `days` days of a service's cells up to and including `today`; days outside are empty.
std::vector<Minutes> daily_minutes(std::string_view cells, Day last_day, Day today, int days);

}  // namespace hb
