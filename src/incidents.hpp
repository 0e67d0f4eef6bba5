// A service's outages and degraded times, out of what was told of its changes.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "alerts.hpp"
#include "health.hpp"

namespace hb {

struct Incident {
  Status status = Status::down;  // or degraded
  Time start{};
  std::optional<Time> end{};  // absent: it lasts
  std::string message{};

  bool operator==(const Incident&) const = default;
};

// Newest first, out of one service's entries, newest first too. An incident ends with the next entry of
// another status; entries that repeat its status belong to it, and those without a status of a service are
// passed over.
std::vector<Incident> incidents_of(std::span<const Alert> alerts);

}  // namespace hb
