// monitor:data: the outcome and the state of the check, and the history.
//
//   {"version":1,"revision":…,"summary":{…},"uptime":{"lastDay":"2026-11-22","days":120,"cells":{…}},"check":{…}}
//
// Readers need the summary, which is therefore in front; the check stands behind the history, so that damage to
// it cannot reach that. Documents that have the check in front of the history are read as well.
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
#include "documents/suppression.hpp"
#include "event/event.hpp"

namespace hb {

class JsonWriter;

inline constexpr int kMonitorDocumentVersion = 1;

// Views into the document.
struct MonitorDocument {
  int64_t version = kMonitorDocumentVersion;
  int64_t revision = 0;  // time of the put, in ms
  std::string_view summary{};
  std::string_view check_in_front{};  // of the history; check_of has it wherever it stands
  std::string_view uptime{};          // from there on
  History packed{};
  std::string migrated_cells{};   // what the verbose history of an older document comes to
  bool damaged = false;           // there is a document, and no history that can be read in it
  bool has_all_in_front = false;  // of the history: what readers need of the check

  bool is_newer() const { return version > kMonitorDocumentVersion; }
  History history() const {
    return migrated_cells.empty() ? packed : History{packed.last_day, packed.days, migrated_cells};
  }
};

// As much as can be read, in whatever order; `bytes` may be empty. A document without a version is an older
// one, with the verbose history `uptime.<id>.days.<date>`.
MonitorDocument read_monitor_document(std::string_view bytes);

// The state of the check, to be read from its beginning: other members may follow it. It is looked for only
// here, because the way to it leads past the history.
std::string_view check_of(const MonitorDocument& monitor_document);

// The status of a service by the last check.
struct ServiceSummary {
  Status status = Status::unknown;
  std::optional<Time> since{};
  std::string message{};  // empty: none
  std::optional<Expectation> expectation{};
};

// Something that readers of the dashboard should know of the monitor itself.
struct Notice {
  std::string kind{};  // "check-stale", "blind-gap", "everybody-silent", "quota", …
  std::string text{};
  Time since{};

  bool operator==(const Notice&) const = default;
};

// A channel that takes no messages at present.
struct FailingChannel {
  std::string name{};
  std::optional<Time> since{};  // absent: nothing was to be sent yet

  bool operator==(const FailingChannel&) const = default;
};

struct Summary {
  std::optional<Time> timestamp{};         // of the last record; absent: there was none
  std::vector<ServiceSummary> services{};  // by the position in Config::services
  std::vector<FailingChannel> channels{};
  std::vector<Notice> notices{};  // of the collector
  Suppression suppression{};
  Shares last_day{};  // the uptime of the last 24 hours
  Millis pace{};      // how long after this one the next may be put, as the collector expects
};

Summary read_summary(const Config& config, std::string_view json);
std::string write_summary(const Config& config, const Summary& summary);

void print_channels(JsonWriter& json, const std::vector<FailingChannel>& channels);
void print_notices(JsonWriter& json, const std::vector<Notice>& notices);

struct WrittenMonitorDocument {
  Put put{};
  Day last_day{};
  size_t intact = 0;  // as in RecordedHistory, as the others
  size_t written = 0;
  size_t repaired = 0;
  bool damaged = false;
};

// The document with the history as it is after the record. `summary` and `check` are whole JSON values.
WrittenMonitorDocument write_monitor_document(const Config& config, int64_t revision,
                                              std::string_view summary, std::string_view check,
                                              const History& history, const Record& record);

}  // namespace hb
