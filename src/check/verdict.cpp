#include "check/verdict.hpp"

#include <algorithm>

#include "check/change_alerts.hpp"
#include "check/due.hpp"
#include "check/due_words.hpp"
#include "check/incidents.hpp"

namespace hb {
namespace {

constexpr int kLeastForBlackout = 3;  // votes

bool is_alive(Status status) {
  return status == Status::up || status == Status::degraded;
}

// The end of the grace period after a blackout or monitoring gap; the epoch when there is none.
Time grace_end(const std::optional<Span>& span, Millis threshold) {
  if (!span || !span->until) return Time{};
  return *span->until + std::min<Millis>(threshold, *span->until - span->since);
}

bool is_in_blackout(const CheckState& state) {
  return state.blackout && !state.blackout->until;
}

bool is_in_grace(const CheckState& state, Millis threshold, Time scheduled) {
  return scheduled < std::max({grace_end(state.monitoring_gap, threshold), grace_end(state.missed, threshold),
                               grace_end(state.blackout, threshold)});
}

std::string reason(const Service& service, const LastHeartbeat& last_heartbeat, Status status) {
  if (status == Status::up || status == Status::unknown || !last_heartbeat.last_seen) return {};
  if (last_heartbeat.report && last_heartbeat.report->at >= *last_heartbeat.last_seen &&
      last_heartbeat.report->status == status) {
    return last_heartbeat.report->message;
  }
  return status == Status::down ? staleness_sentence(*last_heartbeat.last_seen, service.staleness_threshold)
                                : std::string();
}

class Judge {
 public:
  Judge(const Config& config, const CheckState& before, std::span<const LastHeartbeat> last_heartbeats,
        const CheckContext& check_context)
      : config_(config),
        before_(before),
        check_context_(check_context),
        last_heartbeats_(last_heartbeats.begin(), last_heartbeats.end()) {
    verdict_.state = before;
    verdict_.state.scheduled = check_context.scheduled;
    verdict_.state.at = check_context.now;
  }

  Verdict run() {
    for (size_t i = 0; i < config_.services.size(); ++i) {
      if (config_.services[i].enabled) observe(i);
    }
    note_monitoring_gap();
    note_blackout();
    for (size_t i = 0; i < config_.services.size(); ++i) {
      if (config_.services[i].enabled) decide(i);
    }
    return std::move(verdict_);
  }

 private:
  ServiceState& row(size_t i) { return verdict_.state.services[i]; }
  const ServiceState& row(size_t i) const { return verdict_.state.services[i]; }
  const ServiceState& row_before(size_t i) const { return before_.services[i]; }

  // A service that was seen once is not forgotten; one that appears is monitored from now on.
  void observe(size_t i) {
    join(last_heartbeats_[i], {.last_seen = row(i).last_seen});
    row(i).last_seen = last_heartbeats_[i].last_seen;
    if (last_heartbeats_[i].report) row(i).report = last_heartbeats_[i].report->at;
    expect(i);
    if (row(i).watched_since) return;
    row(i).watched_since = check_context_.now;
    row(i).since = check_context_.scheduled;
    verdict_.has_changed = true;
  }

  void expect(size_t i) {
    const Timing& timing = config_.services[i].timing;
    const auto known = row(i).expectation;
    if (!timing.schedule && !known) return;
    row(i).expectation = next_expectation(timing, row(i), check_context_.now, check_context_.zones);
    const bool is_other = known && (!timing.schedule || known->schedule != timing.schedule->identity);
    verdict_.must_be_stored |= is_other;
  }

  bool is_timed(size_t i) const { return hb::is_timed(config_.services[i], last_heartbeats_[i]); }

  Due due_at(size_t i) {
    if (!is_timed(i)) return {};
    return due_of(config_.services[i].timing, row(i).expectation, last_heartbeats_[i], check_context_.now,
                  check_context_.lag);
  }

  void announce(Alert alert) {
    verdict_.alerts.push_back(std::move(alert));
    verdict_.has_changed = true;
  }

  void note_monitoring_gap() {
    if (!check_context_.last_check) return;
    const Millis elapsed = check_context_.scheduled - *check_context_.last_check;
    if (elapsed <= check_context_.monitoring_gap_after) return note_missed(elapsed);
    verdict_.state.monitoring_gap = Span{*check_context_.last_check, check_context_.scheduled};
    announce(monitoring_gap_alert(*verdict_.state.monitoring_gap, check_context_.scheduled));
  }

  void note_missed(Millis elapsed) {
    if (check_context_.missed_after == Millis{0} || elapsed <= check_context_.missed_after) return;
    verdict_.state.missed = Span{*check_context_.last_check, check_context_.scheduled};
    verdict_.must_be_stored = true;
  }

  void note_blackout() {
    auto& blackout = verdict_.state.blackout;
    const bool lasts = blackout && !blackout->until;
    if (lasts && newest_heartbeat() > blackout->since) {
      blackout->until = check_context_.scheduled;
      announce(blackout_end_alert(*blackout));
    } else if (!lasts && begins_blackout()) {
      blackout = Span{newest_heartbeat(), std::nullopt};
      announce(blackout_alert(*blackout, alive_before(), check_context_.scheduled));
    }
  }

  bool is_in_blackout() const { return hb::is_in_blackout(verdict_.state); }

  // Of any service, disabled ones too: what counts is that heartbeats get through.
  Time newest_heartbeat() const {
    Time newest{};
    for (const LastHeartbeat& last_heartbeat : last_heartbeats_)
      newest = std::max(newest, last_heartbeat.last_seen.value_or(Time{}));
    return newest;
  }

  bool was_alive(size_t i) const { return config_.services[i].enabled && is_alive(row_before(i).status); }

  int alive_before() const {
    int count = 0;
    for (size_t i = 0; i < last_heartbeats_.size(); ++i) count += was_alive(i) ? 1 : 0;
    return count;
  }

  // A service has a vote when it should have been heard since the newest heartbeat of all: one with a daily job
  // neither confirms a blackout nor rules it out.
  bool has_vote(size_t i, Time newest) {
    if (config_.services[i].timing.schedule)
      return was_alive(i) && due_at(i).is_late && row(i).expectation->at >= newest;
    const Limits limits = limits_of(i);
    return was_alive(i) &&
           heartbeat_age(newest, limits.watched_since, check_context_.now) > limits.threshold / 2;
  }

  bool goes_silent(size_t i) { return was_alive(i) && status_of(i) == Status::down && !has_fresh_report(i); }

  bool begins_blackout() {
    const Time newest = newest_heartbeat();
    int votes = 0;
    bool is_anybody_past = false;
    for (size_t i = 0; i < last_heartbeats_.size(); ++i) {
      votes += has_vote(i, newest) ? 1 : 0;
      is_anybody_past |= goes_silent(i);
    }
    return is_anybody_past && votes >= kLeastForBlackout;
  }

  Limits limits_of(size_t i) {
    return {config_.services[i].staleness_threshold + check_context_.lag,
            row(i).watched_since.value_or(Time{})};
  }

  bool is_in_grace(size_t i) const {
    return hb::is_in_grace(verdict_.state, forbearance(config_.services[i]), check_context_.scheduled);
  }

  bool is_reported(size_t i) const {
    return last_heartbeats_[i].report && last_heartbeats_[i].last_seen &&
           last_heartbeats_[i].report->at >= *last_heartbeats_[i].last_seen;
  }

  Status status_of(size_t i) {
    if (row(i).paused_until && *row(i).paused_until > check_context_.now) return Status::paused;
    const Status status = judged(i);
    const Status before = row_before(i).status;
    const bool goes_stale = status == Status::down && before != Status::down && !has_fresh_report(i);
    if (!goes_stale || !is_in_grace(i)) return status;
    if (is_reported(i)) return last_heartbeats_[i].report->status;
    return before == Status::paused ? Status::unknown : before;
  }

  Status judged(size_t i) {
    const Service& service = config_.services[i];
    const LastHeartbeat& last = last_heartbeats_[i];
    const Cause cause = due_at(i).cause;
    if (cause == Cause::unheard || cause == Cause::running || cause == Cause::short_run) return Status::down;
    if (service.timing.has_threshold || !last.last_seen) {
      const Status status = health(last, limits_of(i), check_context_.now);
      return cause == Cause::unstarted && status < Status::degraded ? Status::degraded : status;
    }
    if (is_reported(i)) return last.report->status;
    return cause == Cause::unstarted ? Status::degraded : Status::up;
  }

  // Down for something that came, not because its heartbeats stopped.
  bool has_fresh_report(size_t i) {
    const Cause cause = due_at(i).cause;
    if (cause != Cause::none) return cause == Cause::short_run;
    if (!config_.services[i].timing.has_threshold) return is_reported(i);
    const Limits limits = limits_of(i);
    return is_reported(i) && heartbeat_age(*last_heartbeats_[i].last_seen, limits.watched_since,
                                           check_context_.now) <= limits.threshold;
  }

  void decide(size_t i) {
    const Service& service = config_.services[i];
    const ServiceState& before = row_before(i);
    ServiceState& after = row(i);
    after.status = status_of(i);
    if (after.status == before.status) return keep(i);
    verdict_.has_changed = true;
    note_passing(i);
    const Due due = due_at(i);
    after.since = beginning(due, after.status);
    after.cause = due.cause;
    after.message = why(i, due);
    verdict_.changes.push_back({i, {after.since, after.status, change_text(i)}});
    after.is_suppressed = after.status == Status::down && is_in_blackout() && !has_fresh_report(i);
    const bool is_unannounced = after.is_suppressed || (before.is_suppressed && after.status == Status::up);
    if (!is_unannounced && is_worth_an_alert(before.status, after.status))
      announce(change_alert(service, before, after));
  }

  // An outage begins at its deadline, which may lie between two checks; one that was put off begins now.
  Time beginning(const Due& due, Status status) const {
    const bool is_of_due = due.cause != Cause::none && is_problem(status);
    const bool is_recent = check_context_.last_check && due.since > *check_context_.last_check;
    return is_of_due && is_recent ? std::min(due.since, check_context_.scheduled) : check_context_.scheduled;
  }

  std::string why(size_t i, const Due& due) {
    const Status status = row(i).status;
    if (due.cause != Cause::none && is_problem(status))
      return due_sentence({config_, config_.services[i], row(i), last_heartbeats_[i], check_context_}, due);
    if (status == Status::up && is_timed(i)) return {};
    return reason(config_.services[i], last_heartbeats_[i], status);
  }

  // Of a run that took too long: how long.
  std::string change_text(size_t i) const {
    const Timing& timing = config_.services[i].timing;
    const LastHeartbeat& last = last_heartbeats_[i];
    const bool is_end = row(i).status == Status::up && timing.max_runtime && last.last_seen;
    const Run* run = is_end ? run_ended_at(last.runs, *last.last_seen) : nullptr;
    const auto duration = run ? duration_of(*run) : std::nullopt;
    return duration && *duration > *timing.max_runtime ? std::string(kTook) + humanized(*duration)
                                                       : row(i).message;
  }

  // The same status may have another reason by now, as when a service that failed did not run again.
  void renew_reason(size_t i) {
    ServiceState& after = row(i);
    if (!is_timed(i)) return;
    const Due due = due_at(i);
    after.cause = due.cause;
    if (!is_problem(after.status) || (due.cause == Cause::none && !is_reported(i))) return;
    std::string message = why(i, due);
    if (message == after.message) return;
    after.has_other_reason = due.cause == Cause::unheard && is_reported(i);
    verdict_.has_changed = true;
    after.message = std::move(message);
  }

  // Once: when this check is the first one that is late enough.
  void note_never_seen(size_t i) {
    const ServiceState& after = row(i);
    if (after.status != Status::unknown || after.last_seen || !before_.scheduled) return;
    const Time limit = after.since + never_seen_limit(config_.services[i]);
    if (check_context_.scheduled >= limit && *before_.scheduled < limit)
      announce(never_seen_alert(config_.services[i], after, check_context_.scheduled));
  }

  void keep(size_t i) {
    note_never_seen(i);
    const Service& service = config_.services[i];
    ServiceState& after = row(i);
    if (is_timed(i)) {
      renew_reason(i);
    } else if (is_reported(i)) {
      after.message = reason(service, last_heartbeats_[i], after.status);
    }
    const bool is_due = has_fresh_report(i) || (!is_in_blackout() && !is_in_grace(i));
    if (after.is_suppressed && is_due) {
      after.is_suppressed = false;
      announce(still_down_alert(service, after, check_context_.scheduled));
    }
    note_passing(i);
  }

  // A report that no check has seen as the status, because a heartbeat with `up` came before the check.
  void note_passing(size_t i) {
    const ServiceState& before = row_before(i);
    const auto& report = last_heartbeats_[i].report;
    const bool is_new = report && before.watched_since && before.report != report->at;
    if (!is_new || row(i).status != Status::up || before.status == Status::paused) return;
    const bool was_known = before.status == Status::down || before.status == report->status;
    if (was_known) return;
    const Time over = last_heartbeats_[i].over.value_or(*last_heartbeats_[i].last_seen);
    verdict_.changes.push_back({i, {report->at, report->status, report->message}});
    verdict_.changes.push_back({i, {over, Status::up, ""}});
    announce(passing_alert(config_.services[i], *report, over, check_context_.scheduled));
  }

  const Config& config_;
  const CheckState& before_;
  const CheckContext& check_context_;
  std::vector<LastHeartbeat> last_heartbeats_;
  Verdict verdict_{};
};

}  // namespace

Verdict judge(const Config& config, const CheckState& before, std::span<const LastHeartbeat> last_heartbeats,
              const CheckContext& check_context) {
  return Judge(config, before, last_heartbeats, check_context).run();
}

bool is_alerting_suppressed(const CheckState& state, Millis threshold, Time scheduled) {
  return is_in_blackout(state) || is_in_grace(state, threshold, scheduled);
}

}  // namespace hb
