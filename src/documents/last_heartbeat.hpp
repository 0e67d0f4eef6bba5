// The states of a service, and what is known of its heartbeats.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "documents/runs.hpp"
#include "text/time.hpp"

namespace hb {

enum class Status { unknown, up, degraded, down, paused };

std::string_view status_name(Status status);
std::optional<Status> status_named(std::string_view name);

// Degraded or down.
constexpr bool is_problem(Status status) {
  return status == Status::degraded || status == Status::down;
}

// A heartbeat whose status was `degraded` or `down`.
struct Report {
  Status status = Status::degraded;
  Time at{};
  std::string message{};  // at most 200 bytes

  bool operator==(const Report&) const = default;
};

// What is known of a service's heartbeats.
struct LastHeartbeat {
  std::optional<Time> last_seen{};  // the latest of any status
  std::optional<Report> report{};   // the latest that was not `up`; it counts until a newer heartbeat
  std::optional<Time> over{};       // the first heartbeat after that, as far as it is known
  Runs runs{};

  bool operator==(const LastHeartbeat&) const = default;
};

// Without their runs: keeps the later of two heartbeats, and the later of two reports with the earliest end that is known of it; of two
// reports at the same time the same one whichever comes first.
void join(LastHeartbeat& last_heartbeat, const LastHeartbeat& other);

// The report ends with the first heartbeat after it.
void note_end(LastHeartbeat& last_heartbeat, Time heartbeat);

}  // namespace hb
