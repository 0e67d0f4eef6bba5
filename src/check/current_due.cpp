#include "check/current_due.hpp"

#include "check/due.hpp"

namespace hb {
namespace {

bool is_heard(const Expectation& expectation, const std::optional<Time>& last_seen) {
  return last_seen && *last_seen > expectation.heard && *last_seen >= expectation.at - expectation.early;
}

void note_due(Time now, ServiceStatus& status) {
  const Timing& timing = status.service->timing;
  std::optional<Expectation> expectation = status.summary.expectation;
  if (expectation && is_heard(*expectation, status.last_seen)) expectation.reset();
  const LastHeartbeat last_heartbeat{.last_seen = status.last_seen, .runs = status.runs};
  const Due due = due_of(timing, expectation, last_heartbeat, now, Millis{0});
  status.is_timed = true;
  if (expectation) status.expected_by = expectation->at;
  status.deadline = due.deadline;
  status.is_late = due.is_late;
  for (const Run& run : status.runs.list) {
    if (is_open(status.runs, run))
      status.open_runs.push_back({run.id, *run.started, deadline_of(timing, run)});
  }
}

}  // namespace

CurrentStatus with_dues(Time now, CurrentStatus status) {
  for (ServiceStatus& service : status.services) {
    if (service.service->timing.schedule || !service.runs.empty()) note_due(now, service);
  }
  return status;
}

}  // namespace hb
