// What people were last notified of about a service, and what is still pending.
//
// It is stored as the member `notified` of a service's row, as in
//
//   {"at":ms,"channels":{"ops":"down"},"flips":[["down",from,to]],"good":2,"goodAt":ms,"key":"web:ms",
//    "more":2,"since":ms,"status":"down","worst":"down"}
//
// where whatever is as by default is left out. The members are in the order of their names, so that the text
// stays the same when a reader prints it again.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "documents/last_heartbeat.hpp"
#include "documents/outage.hpp"

namespace hb {

struct Notified {
  Status status = Status::up;  // up, degraded or down
  std::optional<Time> at{};    // of the last message

  // Of the problem that people were notified of.
  Time since{};
  std::string key{};  // for dedup
  // By name, with the status that each was last notified of.
  std::map<std::string, Status, std::less<>> channels{};

  // What is pending.
  std::vector<UnreportedOutage> unreported_outages{};  // the last kMaxUnreportedOutages, oldest first
  int more = 0;                                        // unreported outages before them
  Status worst_before = Status::up;                    // of those
  // When the present problem began, if its status has changed since; else it began with its status.
  std::optional<Time> bad_since{};

  // Since the problem that people were notified of is over: good heartbeats, as far as checks saw them.
  int good_heartbeats = 0;
  std::optional<Time> good_at{};  // of the last one

  bool has_never_seen_notice = false;  // that the service was never seen is announced

  bool operator==(const Notified&) const = default;
  bool empty() const { return *this == Notified{}; }  // there is nothing to remember
};

// Nothing when the text is empty or damaged. Times that are not plausible at `now` are absent.
Notified read_notified(std::string_view text, Time now);

// Empty when it is.
std::string write_notified(const Notified& notified);

void add_unreported_outage(Notified& notified, const UnreportedOutage& outage);
Status worst_unreported(const Notified& notified);  // up when there is none

}  // namespace hb
