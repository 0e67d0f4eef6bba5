// A service's outages and degraded times, out of its changes.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "documents/alerts.hpp"
#include "documents/changes.hpp"

namespace hb {

struct Incident {
  Status status = Status::down;  // or degraded
  Time start{};
  std::optional<Time> end{};  // absent: it lasts
  std::string message{};

  bool operator==(const Incident&) const = default;
};

// Newest first, out of one service's changes, oldest first. An incident ends with the next change to another
// status, which may say how long a run took; one that repeats its status belongs to it.
inline constexpr std::string_view kTook = "took ";
std::vector<Incident> incidents_of(std::span<const Change> changes);

// The changes of one service that its alerts, newest first, tell of. Those without a service's status are
// left out.
std::vector<Change> changes_of(std::span<const Alert> alerts);

}  // namespace hb
