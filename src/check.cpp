// The check: reads what was heard, judges it, and records what has to be remembered.

#include "alerts.hpp"
#include "data.hpp"
#include "handlers.hpp"
#include "json.hpp"
#include "latest.hpp"
#include "minutes.hpp"
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
          .lag = context.event.store == Store::kv ? monitoring.kv_lag : Millis{0},
          .last_check = before.scheduled,
          // The last check is known only by its record.
          .gap_after = monitoring.record_interval + 3 * monitoring.check_interval};
}

bool is_record_due(const Config& config, const CheckState& before, const Verdict& verdict) {
  if (!before.scheduled || verdict.has_changed) return true;
  const Time scheduled = *verdict.state.scheduled;
  return scheduled - *before.scheduled >= config.settings.monitoring.record_interval ||
         day_of(scheduled) != day_of(*before.scheduled);
}

DayCells stored_cells(std::string_view cells, Day last_day, Day today) {
  const std::vector<Minutes> days = daily_minutes(cells, last_day, today, 2);
  return {.today = days[1], .yesterday = days[0]};
}

// Writes one record: the cells first into the state, then from there into the history.
class Recorder {
 public:
  Recorder(const Context& context, const Data& data, const CheckState& before, const Verdict& verdict)
      : context_(context), data_(data), before_(before), state_(verdict.state) {}

  Outcome run() {
    const History history = data_.history();
    const Day today = day_of(*state_.scheduled);
    count_minutes(history, today);
    Record cells{.today = today};
    for (size_t i = 0; i < state_.services.size(); ++i) {
      cells.cells.push_back(is_watched(i) ? state_.services[i].cells : std::nullopt);
    }
    RecordedHistory recorded = record(config(), history, cells, config().settings.retention_days);
    Outcome outcome;
    note_damage(recorded, outcome);
    outcome.puts.push_back(
        {Key::data, write_data(to_ms(context_.event.now), write_summary(config(), summary()),
                               write_state(config(), state_), recorded)});
    return outcome;
  }

 private:
  const Config& config() const { return context_.config; }
  bool is_watched(size_t i) const { return config().services[i].enabled; }

  void count_minutes(const History& history, Day today) {
    std::vector<std::string_view> stored;
    for (size_t i = 0; i < state_.services.size(); ++i) {
      if (!is_watched(i)) continue;
      ServiceState& row = state_.services[i];
      if (!row.cells && stored.empty()) stored = read_history(config(), history);
      const DayCells cells = row.cells && before_.scheduled
                                 ? rolled(*row.cells, day_of(*before_.scheduled), today)
                                 : stored_cells(stored.empty() ? "" : stored[i], history.last_day, today);
      row.cells = count_row(cells, before_.services[i], row.status);
    }
  }

  DayCells count_row(const DayCells& cells, const ServiceState& before, Status after) const {
    if (!before_.scheduled || !before.watched_since) return counted_first(cells, *state_.scheduled, after);
    const Monitoring& monitoring = config().settings.monitoring;
    const Elapsed elapsed{.last_record = *before_.scheduled,
                          .last_check = *before_.scheduled,
                          .check = *state_.scheduled,
                          .held_for = monitoring.record_interval + 3 * monitoring.check_interval};
    return counted(cells, elapsed, before.status, after);
  }

  Summary summary() const {
    Summary summary{.timestamp = context_.event.now};
    for (const ServiceState& row : state_.services) {
      summary.services.push_back({row.status, row.since, row.message});
    }
    return summary;
  }

  void note_damage(const RecordedHistory& recorded, Outcome& outcome) const {
    const Document& document = context_.document(Key::data);
    if (data_.damaged && !document.bytes.empty()) {
      outcome.logs.push_back({Level::error, "monitor:data (" + std::to_string(document.bytes.size()) +
                                                " bytes) has no history that can be read; it begins anew"});
    } else if (recorded.damaged || recorded.repaired > 0) {
      outcome.logs.push_back({Level::error, "monitor:data is damaged: " + std::to_string(recorded.repaired) +
                                                " histories were repaired" +
                                                (recorded.damaged ? ", the rest cannot be read" : "")});
    }
  }

  const Context& context_;
  const Data& data_;
  const CheckState& before_;
  CheckState state_;
};

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
  Outcome outcome = Recorder(context, data, before, verdict).run();
  if (!verdict.alerts.empty()) outcome.merges.push_back({Key::alerts, write_alerts(verdict.alerts)});
  return outcome;
}

}  // namespace hb
