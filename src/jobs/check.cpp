// The check without the collector: reads the last heartbeats, judges the services, records what has to be
// remembered, and sends the messages. The outbox is in monitor:data, put before the sends and once more after
// them.

#include "check/run_check.hpp"
#include "documents/alerts.hpp"
#include "documents/latest.hpp"
#include "documents/monitor_document.hpp"
#include "documents/state.hpp"
#include "event/handlers.hpp"
#include "jobs/dispatch.hpp"
#include "jobs/recording.hpp"
#include "notify/announcements.hpp"

namespace hb {
namespace {

Done judged_nothing(std::string text) {
  return {.logs = {{Level::error, std::move(text)}}};
}

CheckContext check_context_of(const Context& context, const CheckState& before) {
  const Monitoring& monitoring = context.config.settings.monitoring;
  return {.scheduled = context.event.scheduled(),
          .now = context.event.now,
          .lag = monitoring.kv_lag,
          .last_check = before.scheduled,
          // The last check is known only by its record.
          .monitoring_gap_after = monitoring.record_interval + 3 * monitoring.check_interval,
          .utc_offset = context.event.utc_offset,
          .zones = read_utc_offsets(context.event.zones)};
}

class Check {
 public:
  Check(const Context& context, const MonitorDocument& monitor_document, CheckState before)
      : context_(context),
        config_(context.config),
        event_(context.event),
        monitor_document_(monitor_document),
        before_(std::move(before)),
        outbox_(before_.outbox.value_or(Outbox{})) {}

  // In the round after the sends all of it is found again, as before; then only the answers are taken.
  Done run() {
    const auto last_heartbeats = read_latest(config_, event_.now, context_.document(Key::latest).bytes);
    const CheckInput input{.before = before_,
                           .last_heartbeats = last_heartbeats,
                           .context = check_context_of(context_, before_),
                           .history = monitor_document_.history()};
    auto [verdict, is_record_due, lacks_history] = run_check(config_, input);
    const auto announcements = announce(config_, before_, last_heartbeats, input.context, {}, verdict);
    Done done;
    const std::string stored = write_outbox(outbox_);
    log_dropped(enqueue(config_, outbox_, announcements, event_.now), done);
    const std::vector<DeliveryId> delivery_ids = lease(config_, event_, outbox_, done);
    if (!event_.answers.empty()) return answered(delivery_ids, input, std::move(verdict.state));
    add_ping(config_, done);
    if (is_record_due || verdict.must_be_stored || write_outbox(outbox_) != stored) {
      record(input, std::move(verdict.state), done);
      if (!verdict.alerts.empty()) done.merges.push_back({Key::alerts, write_alerts(verdict.alerts)});
      log_alerts(verdict.alerts, done.logs);
    }
    return done;
  }

 private:
  Done answered(const std::vector<DeliveryId>& delivery_ids, const CheckInput& input, CheckState state) {
    Done done;
    take_answers(config_, event_, delivery_ids, outbox_, done);
    note_ping(event_, delivery_ids.size(), done);
    if (!delivery_ids.empty()) record(input, std::move(state), done);
    return done;
  }

  void record(const CheckInput& input, CheckState state, Done& done) const {
    count_minutes(config_, input, state);
    state.outbox = outbox_;
    const Summary summary = summary_of(config_, state, outbox_, event_.now);
    WrittenMonitorDocument written =
        write_monitor_document(config_, to_ms(event_.now), write_summary(config_, summary),
                               write_state(config_, state), *input.history, cells_of(config_, state));
    if (auto log = damage_of(monitor_document_, written, context_.document(Key::data).bytes.size()))
      done.logs.push_back(*log);
    done.puts.push_back(std::move(written.put));
  }

  const Context& context_;
  const Config& config_;
  const Event& event_;
  const MonitorDocument& monitor_document_;
  const CheckState before_;
  Outbox outbox_;
};

bool has_failed(const Context& context, Key key) {
  return context.document(key).state == Document::State::failed;
}

}  // namespace

Outcome check(const Context& context) {
  const auto& [config, page, event, session] = context;
  if (has_failed(context, Key::latest) || has_failed(context, Key::data)) {
    return judged_nothing("The check judged nothing: the store could not be read");
  }
  const MonitorDocument monitor_document = read_monitor_document(context.document(Key::data).bytes);
  if (monitor_document.is_newer()) {
    return judged_nothing("The check judged nothing: monitor:data is of version " +
                          std::to_string(monitor_document.version) + ", newer than this program");
  }
  CheckState before = read_state(config, event.now, check_of(monitor_document));
  if (before.scheduled && event.scheduled() <= *before.scheduled) return Done{};
  return Check(context, monitor_document, std::move(before)).run();
}

}  // namespace hb
