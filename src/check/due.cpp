#include "check/due.hpp"

#include <algorithm>

namespace hb {
namespace {

// One that did not end in time is given up once another one, which came after that, did.
bool is_given_up(const LastHeartbeat& last_heartbeat, Time deadline) {
  return last_heartbeat.last_seen && *last_heartbeat.last_seen > deadline;
}

bool has_begun(const Runs& runs, Time from) {
  return std::any_of(runs.list.begin(), runs.list.end(),
                     [from](const Run& run) { return run.started && *run.started >= from; });
}

class DueFinder {
 public:
  DueFinder(const Timing& timing, const std::optional<Expectation>& expectation,
            const LastHeartbeat& last_heartbeat, Time now, Millis lag)
      : timing_(timing), expectation_(expectation), last_heartbeat_(last_heartbeat), now_(now), lag_(lag) {}

  Due find() {
    for (const Run& run : last_heartbeat_.runs.list) note_open(run);
    note_slot();
    note_short();
    if (due_.cause == Cause::none && due_.deadline && now_ >= *due_.deadline) {
      due_.cause = due_.at_deadline;
      due_.since = *due_.deadline;
    }
    if (due_.cause == Cause::none) note_unstarted();
    return due_;
  }

 private:
  void note_open(const Run& run) {
    if (!is_open(last_heartbeat_.runs, run)) return;
    const auto deadline = deadline_of(timing_, run);
    if (deadline && is_given_up(last_heartbeat_, *deadline)) return;
    is_running_ |= expectation_ && *run.started >= expectation_->at - expectation_->early;
    if (deadline) take(*deadline + lag_, Cause::running, &run);
  }

  void take(Time deadline, Cause cause, const Run* run) {
    if (due_.deadline && *due_.deadline <= deadline) return;
    due_.deadline = deadline;
    due_.at_deadline = cause;
    due_.run = run;
  }

  void note_slot() {
    if (!expectation_ || is_running_) return;
    due_.is_late = now_ >= expectation_->at;
    take(expectation_->at + timing_.grace_or_usual() + lag_, Cause::unheard, nullptr);
  }

  void note_unstarted() {
    if (!expectation_ || !timing_.start_grace) return;
    const Time limit = expectation_->at + *timing_.start_grace + lag_;
    if (now_ < limit || has_begun(last_heartbeat_.runs, expectation_->at - expectation_->early)) return;
    due_.cause = Cause::unstarted;
    due_.since = limit;
  }

  void note_short() {
    if (!timing_.min_runtime || !last_heartbeat_.last_seen) return;
    const Run* run = run_ended_at(last_heartbeat_.runs, *last_heartbeat_.last_seen);
    const auto duration = run ? duration_of(*run) : std::nullopt;
    if (!duration || *duration >= *timing_.min_runtime) return;
    due_.cause = Cause::short_run;
    due_.since = *last_heartbeat_.last_seen;
    due_.run = run;
  }

  const Timing& timing_;
  const std::optional<Expectation>& expectation_;
  const LastHeartbeat& last_heartbeat_;
  const Time now_;
  const Millis lag_;
  Due due_{};
  bool is_running_ = false;  // for the slot that is expected
};

std::optional<Expectation> expectation(const Timing& timing, Time from,
                                       const std::optional<Expected>& expected) {
  if (!expected) return std::nullopt;
  return Expectation{timing.schedule->identity, from, expected->at, expected->early};
}

}  // namespace

bool is_timed(const Service& service, const LastHeartbeat& last_heartbeat) {
  return service.timing.schedule || !last_heartbeat.runs.empty();
}

std::optional<Time> deadline_of(const Timing& timing, const Run& run) {
  if (!timing.max_runtime && !timing.schedule) return std::nullopt;
  const Time from = std::max(*run.started, run.progressed.value_or(Time{}));
  return from + timing.max_runtime.value_or(timing.grace_or_usual());
}

std::optional<Expectation> next_expectation(const Timing& timing, const ServiceState& row, Time now,
                                            Zones zones) {
  if (!timing.schedule) return std::nullopt;
  const auto& known = row.expectation;
  const bool is_sound = known && (is_plausible(known->heard, now) || !row.last_seen);
  const bool is_same = is_sound && known->schedule == timing.schedule->identity;
  const Time heard = row.last_seen.value_or(Time{});
  if (is_same && heard <= known->heard) return known;
  if (is_same && heard < known->at - known->early)
    return Expectation{known->schedule, heard, known->at, known->early};
  if (!row.last_seen && !timing.expect_from) return std::nullopt;
  const Time began = row.last_seen ? row.watched_since.value_or(now)
                                   : std::max(*timing.expect_from, row.watched_since.value_or(now));
  // Another schedule counts from now on.
  const Time from = known && !is_same ? now : began;
  const Millis early = timing.early_or_usual();
  return heard >= from ? expectation(timing, heard, expected_after(*timing.schedule, heard, early, zones))
                       : expectation(timing, from, next_expected(*timing.schedule, from, early, zones));
}

Due due_of(const Timing& timing, const std::optional<Expectation>& expectation,
           const LastHeartbeat& last_heartbeat, Time now, Millis lag) {
  return DueFinder(timing, expectation, last_heartbeat, now, lag).find();
}

}  // namespace hb
