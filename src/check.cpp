// The check without the collector: reads what was heard, judges it, and records what has to be remembered.

#include "alerts.hpp"
#include "data.hpp"
#include "handlers.hpp"
#include "json.hpp"
#include "latest.hpp"
#include "recording.hpp"
#include "state.hpp"
#include "verdict.hpp"

namespace hb {
namespace {

Outcome judged_nothing(Level level, std::string text) {
  return {.logs = {{level, std::move(text)}}};
}

Moment moment_of(const Context& context, const CheckState& before) {
  const Monitoring& monitoring = context.config.settings.monitoring;
  return {.scheduled = context.event.scheduled,
          .now = context.event.now,
          .lag = monitoring.kv_lag,
          .last_check = before.scheduled,
          // The last check is known only by its record.
          .gap_after = monitoring.record_interval + 3 * monitoring.check_interval};
}

bool is_record_due(const Config& config, const CheckState& before, const Verdict& verdict) {
  return verdict.has_changed || is_regular_record_due(config, before, *verdict.state.scheduled);
}

Outcome record_check(const Context& context, const Data& data, const CheckState& before, CheckState state) {
  const Config& config = context.config;
  const Monitoring& monitoring = config.settings.monitoring;
  const LastCheck last_check{before.scheduled.value_or(*state.scheduled),
                             monitoring.record_interval + 3 * monitoring.check_interval};
  const History history = data.history();
  count_minutes(config, before, last_check, history, state);
  const Time now = context.event.now;
  WrittenData written = write_data(config, to_ms(now), write_summary(config, summary_of(state, now)),
                                   write_state(config, state), history, cells_of(config, state));
  Outcome outcome;
  if (auto log = damage_of(data, written, context.document(Key::data).bytes.size()))
    outcome.logs.push_back(*log);
  outcome.puts.push_back({Key::data, std::move(written.bytes)});
  return outcome;
}

bool has_failed(const Context& context, Key key) {
  return context.document(key).state == Document::State::failed;
}

}  // namespace

Outcome check(const Context& context) {
  const auto& [config, page, event] = context;
  if (has_failed(context, Key::latest) || has_failed(context, Key::data)) {
    return judged_nothing(Level::error, "The check judged nothing: the store could not be read");
  }
  const Data data = read_data(context.document(Key::data).bytes);
  if (data.is_newer()) {
    return judged_nothing(Level::error, "The check judged nothing: monitor:data is of version " +
                                            std::to_string(data.version) + ", newer than this program");
  }
  const CheckState before = read_state(config, event.now, data.check);
  if (before.scheduled && event.scheduled <= *before.scheduled) return {};

  const auto heard = read_latest(config, event.now, context.document(Key::latest).bytes);
  const Verdict verdict = judge(config, before, heard, moment_of(context, before));
  if (!is_record_due(config, before, verdict)) return {};
  Outcome outcome = record_check(context, data, before, verdict.state);
  if (!verdict.alerts.empty()) outcome.merges.push_back({Key::alerts, write_alerts(verdict.alerts)});
  log_alerts(verdict.alerts, outcome.logs);
  return outcome;
}

}  // namespace hb
