#include "check/verdict.hpp"

#include <algorithm>

#include "check/change_alerts.hpp"

namespace hb {
namespace {

constexpr int kLeastForCommonSilence = 3;

bool is_alive(Status status) {
  return status == Status::up || status == Status::degraded;
}

// The end of the grace that a time of blindness leaves behind; the epoch when there is none.
Time grace_end(const std::optional<Span>& span, Millis threshold) {
  if (!span || !span->until) return Time{};
  return *span->until + std::min<Millis>(threshold, *span->until - span->since);
}

bool is_silence_on(const CheckState& state) {
  return state.silence && !state.silence->until;
}

bool is_in_grace(const CheckState& state, Millis threshold, Time scheduled) {
  return scheduled < std::max({grace_end(state.gap, threshold), grace_end(state.missed, threshold),
                               grace_end(state.silence, threshold)});
}

std::string reason(const Service& service, const Heard& heard, Status status) {
  if (status == Status::up || status == Status::unknown || !heard.seen) return {};
  if (heard.report && heard.report->at >= *heard.seen && heard.report->status == status) {
    return heard.report->message;
  }
  return status == Status::down ? silence_sentence(*heard.seen, service.staleness_threshold) : std::string();
}

class Judge {
 public:
  Judge(const Config& config, const CheckState& before, std::span<const Heard> heard, const Moment& moment)
      : config_(config), before_(before), moment_(moment), heard_(heard.begin(), heard.end()) {
    verdict_.state = before;
    verdict_.state.scheduled = moment.scheduled;
    verdict_.state.at = moment.now;
  }

  Verdict run() {
    for (size_t i = 0; i < config_.services.size(); ++i) {
      if (config_.services[i].enabled) meet(i);
    }
    note_gap();
    note_silence();
    for (size_t i = 0; i < config_.services.size(); ++i) {
      if (config_.services[i].enabled) decide(i);
    }
    return std::move(verdict_);
  }

 private:
  ServiceState& row(size_t i) { return verdict_.state.services[i]; }
  const ServiceState& row_before(size_t i) const { return before_.services[i]; }

  // Once heard, a service is not forgotten; one that appears is watched from now on.
  void meet(size_t i) {
    join(heard_[i], {.seen = row(i).seen});
    row(i).seen = heard_[i].seen;
    if (heard_[i].report) row(i).report = heard_[i].report->at;
    if (row(i).watched_since) return;
    row(i).watched_since = moment_.now;
    row(i).since = moment_.scheduled;
    verdict_.has_changed = true;
  }

  void announce(Alert alert) {
    verdict_.alerts.push_back(std::move(alert));
    verdict_.has_changed = true;
  }

  void note_gap() {
    if (!moment_.last_check) return;
    const Millis elapsed = moment_.scheduled - *moment_.last_check;
    if (elapsed <= moment_.gap_after) return note_missed(elapsed);
    verdict_.state.gap = Span{*moment_.last_check, moment_.scheduled};
    announce(gap_alert(*verdict_.state.gap, moment_.scheduled));
  }

  void note_missed(Millis elapsed) {
    if (moment_.missed_after == Millis{0} || elapsed <= moment_.missed_after) return;
    verdict_.state.missed = Span{*moment_.last_check, moment_.scheduled};
    verdict_.has_missed = true;
  }

  void note_silence() {
    auto& silence = verdict_.state.silence;
    const bool lasts = silence && !silence->until;
    if (lasts && newest_seen() > silence->since) {
      silence->until = moment_.scheduled;
      announce(silence_end_alert(*silence));
    } else if (!lasts && is_common_silence()) {
      silence = Span{newest_seen(), std::nullopt};
      announce(silence_alert(*silence, alive_before(), moment_.scheduled));
    }
  }

  bool is_silence_on() const { return hb::is_silence_on(verdict_.state); }

  // By anybody, disabled ones too: what counts is that heartbeats get through.
  Time newest_seen() const {
    Time newest{};
    for (const Heard& heard : heard_) newest = std::max(newest, heard.seen.value_or(Time{}));
    return newest;
  }

  bool was_alive(size_t i) const { return config_.services[i].enabled && is_alive(row_before(i).status); }

  int alive_before() const {
    int count = 0;
    for (size_t i = 0; i < heard_.size(); ++i) count += was_alive(i) ? 1 : 0;
    return count;
  }

  bool is_common_silence() {
    if (alive_before() < kLeastForCommonSilence) return false;
    bool anybody_is_past = false;
    for (size_t i = 0; i < heard_.size(); ++i) {
      if (!was_alive(i)) continue;
      const Limits limits = limits_of(i);
      const Millis silent = silent_for(heard_[i].seen.value_or(Time{}), limits.watched_since, moment_.now);
      if (silent <= limits.threshold / 2) return false;
      anybody_is_past |= status_of(i) == Status::down && !has_fresh_report(i);
    }
    return anybody_is_past;
  }

  Limits limits_of(size_t i) {
    return {config_.services[i].staleness_threshold + moment_.lag, row(i).watched_since.value_or(Time{})};
  }

  bool is_in_grace(size_t i) const {
    return hb::is_in_grace(verdict_.state, config_.services[i].staleness_threshold, moment_.scheduled);
  }

  bool is_reported(size_t i) const {
    return heard_[i].report && heard_[i].seen && heard_[i].report->at >= *heard_[i].seen;
  }

  Status status_of(size_t i) {
    if (row(i).paused_until && *row(i).paused_until > moment_.now) return Status::paused;
    const Status status = health(heard_[i], limits_of(i), moment_.now);
    const Status before = row_before(i).status;
    const bool goes_down_silently = status == Status::down && before != Status::down && !has_fresh_report(i);
    if (!goes_down_silently || !is_in_grace(i)) return status;
    if (is_reported(i)) return heard_[i].report->status;
    return before == Status::paused ? Status::unknown : before;
  }

  // Down because it says so, not because it is silent.
  bool has_fresh_report(size_t i) {
    const Limits limits = limits_of(i);
    return is_reported(i) &&
           silent_for(*heard_[i].seen, limits.watched_since, moment_.now) <= limits.threshold;
  }

  void decide(size_t i) {
    const Service& service = config_.services[i];
    const ServiceState& before = row_before(i);
    ServiceState& after = row(i);
    after.status = status_of(i);
    if (after.status == before.status) return keep(i);
    verdict_.has_changed = true;
    note_passing(i);
    after.since = moment_.scheduled;
    after.message = reason(service, heard_[i], after.status);
    verdict_.changes.push_back({i, {after.since, after.status, after.message}});
    after.is_quiet = after.status == Status::down && is_silence_on() && !has_fresh_report(i);
    const bool is_silent = after.is_quiet || (before.is_quiet && after.status == Status::up);
    if (!is_silent && is_worth_telling(before.status, after.status))
      announce(change_alert(service, before, after));
  }

  void keep(size_t i) {
    const Service& service = config_.services[i];
    ServiceState& after = row(i);
    if (is_reported(i)) after.message = reason(service, heard_[i], after.status);
    const bool is_owed = has_fresh_report(i) || (!is_silence_on() && !is_in_grace(i));
    if (after.is_quiet && is_owed) {
      after.is_quiet = false;
      announce(still_down_alert(service, after, moment_.scheduled));
    }
    note_passing(i);
  }

  // A report that no check has seen as the status, because a heartbeat said `up` before.
  void note_passing(size_t i) {
    const ServiceState& before = row_before(i);
    const auto& report = heard_[i].report;
    const bool is_news = report && before.watched_since && before.report != report->at;
    if (!is_news || row(i).status != Status::up || before.status == Status::paused) return;
    const bool was_known = before.status == Status::down || before.status == report->status;
    if (!was_known) {
      verdict_.changes.push_back({i, {report->at, report->status, report->message}});
      verdict_.changes.push_back({i, {*heard_[i].seen, Status::up, ""}});
      announce(passing_alert(config_.services[i], *report, *heard_[i].seen, moment_.scheduled));
    }
  }

  const Config& config_;
  const CheckState& before_;
  const Moment& moment_;
  std::vector<Heard> heard_;
  Verdict verdict_{};
};

}  // namespace

Verdict judge(const Config& config, const CheckState& before, std::span<const Heard> heard,
              const Moment& moment) {
  return Judge(config, before, heard, moment).run();
}

bool is_blind(const CheckState& state, Millis threshold, Time scheduled) {
  return is_silence_on(state) || is_in_grace(state, threshold, scheduled);
}

}  // namespace hb
