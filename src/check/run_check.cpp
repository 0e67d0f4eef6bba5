#include "check/run_check.hpp"

#include <algorithm>

#include "check/minutes.hpp"

namespace hb {
namespace {

DayCells stored_cells(std::string_view cells, Day last_day, Day today) {
  const std::vector<Minutes> days = daily_minutes(cells, last_day, today, 2);
  return {.today = days[1], .yesterday = days[0]};
}

Share share_of(const DayCells& cells) {
  Share share = share_of(cells.yesterday);
  share += share_of(cells.today);
  return share;
}

Share added(const DayCells& before, const DayCells& after) {
  const Share one = share_of(before), other = share_of(after);
  return {.lost = other.lost - one.lost, .known = other.known - one.known};
}

class Counter {
 public:
  Counter(const Config& config, const CheckInput& input)
      : config_(config),
        before_(input.before),
        history_(input.history),
        scheduled_(input.context.scheduled),
        last_check_(std::max(input.context.last_check, input.before.scheduled).value_or(scheduled_)),
        held_for_(input.context.monitoring_gap_after) {}

  // What is new of its minutes.
  Share count(size_t i, ServiceState& row) {
    const bool has_cells = row.cells && before_.scheduled;
    if (!has_cells && !history_) return {};
    const Day today = day_of(scheduled_);
    const DayCells cells =
        has_cells ? rolled(*row.cells, day_of(*before_.scheduled), today) : in_history(i, today);
    row.cells = counted(cells, before_.services[i], row.status);
    return added(cells, *row.cells);
  }

 private:
  DayCells in_history(size_t i, Day today) {
    if (stored_.empty()) stored_ = read_history(config_, *history_);
    return stored_cells(stored_[i], history_->last_day, today);
  }

  DayCells counted(const DayCells& cells, const ServiceState& before, Status after) const {
    if (!before_.scheduled || !before.watched_since) return counted_first(cells, scheduled_, after);
    const Elapsed elapsed{.last_record = *before_.scheduled,
                          .last_check = last_check_,
                          .check = scheduled_,
                          .held_for = held_for_};
    return hb::counted(cells, elapsed, before.status, after);
  }

  const Config& config_;
  const CheckState& before_;
  const std::optional<History>& history_;
  const Time scheduled_;
  const Time last_check_;
  const Millis held_for_;
  std::vector<std::string_view> stored_{};
};

bool is_regular_record_due(const Config& config, const CheckState& before, Time scheduled) {
  if (!before.scheduled) return true;
  return scheduled - *before.scheduled >= config.settings.monitoring.record_interval ||
         day_of(scheduled) != day_of(*before.scheduled);
}

bool are_cells_missing(const Config& config, const CheckState& state) {
  for (size_t i = 0; i < state.services.size(); ++i) {
    if (config.services[i].enabled && !state.services[i].cells) return true;
  }
  return false;
}

}  // namespace

CheckResult run_check(const Config& config, const CheckInput& input) {
  const auto& [before, last_heartbeats, context, history, must_record] = input;
  CheckResult result{.verdict = judge(config, before, last_heartbeats, context)};
  const Verdict& verdict = result.verdict;
  result.is_record_due = must_record || verdict.has_changed || verdict.must_be_stored ||
                         is_regular_record_due(config, before, context.scheduled);
  result.lacks_history = result.is_record_due && !history && are_cells_missing(config, verdict.state);
  return result;
}

void count_minutes(const Config& config, const CheckInput& input, CheckState& state) {
  Counter counter(config, input);
  Shares counted(config.groups.size() + 1);
  for (size_t i = 0; i < state.services.size(); ++i) {
    const Service& service = config.services[i];
    if (!service.enabled) continue;
    counted[service.group.value_or(config.groups.size())] += counter.count(i, state.services[i]);
  }
  add(state.last_day, input.context.scheduled, counted);
}

}  // namespace hb
