// Publishing: what the collector knows becomes what readers see in KV. Follows a check that found it due.

#include <algorithm>

#include "check/change_alerts.hpp"
#include "collector/checkpointing.hpp"
#include "collector/collector_status.hpp"
#include "collector/kv_relation.hpp"
#include "collector/rows.hpp"
#include "documents/alerts.hpp"
#include "documents/monitor_document.hpp"
#include "event/handlers.hpp"
#include "jobs/recording.hpp"

namespace hb {
namespace {

constexpr Millis kHangs = 55s;  // so long a publishing keeps the next one waiting

class Publisher {
 public:
  explicit Publisher(const Context& context)
      : config_(context.config),
        event_(context.event),
        session_(context.session),
        collector_status_(read_collector_status(event_.row(kCollectorStatusRow), event_.now)),
        state_(read_state(config_, event_.now, event_.row(kStateRow))),
        monitor_document_(read_monitor_document(stored().bytes)) {}

  Done run() {
    if (!state_.scheduled || !collector_status_.at) return {};
    const KvRelation relation = kv_relation(collector_status_, stored(), monitor_document_, event_.now);
    if (relation == KvRelation::foreign) return note_foreign();
    if (relation == KvRelation::lost) return wait_for_kv();
    checkpoint_log();
    if (relation == KvRelation::accepted) accept_loss();
    if (collector_status_.lost) forget_loss();
    put_all();
    return std::move(done_);
  }

 private:
  const Document& stored() const { return event_.document(Key::data); }
  bool is_readable() const { return stored().state != Document::State::failed; }

  void log(Level level, std::string text, std::string event) {
    done_.logs.push_back({level, std::move(text), std::move(event)});
  }
  void put_collector_status() {
    done_.rows.push_back({kCollectorStatusRow, write_collector_status(collector_status_)});
  }

  // The next check takes it over.
  Done note_foreign() {
    collector_status_.is_foreign = true;
    put_collector_status();
    return std::move(done_);
  }

  Done wait_for_kv() {
    if (collector_status_.lost) return {};
    collector_status_.lost = event_.now;
    put_collector_status();
    log(Level::warn,
        "KV has no monitor:data, or an old one; nothing is put for an hour, in case it comes back",
        "kv-lost");
    return std::move(done_);
  }

  void accept_loss() {
    const Alert alert = loss_alert(*collector_status_.lost, event_.now);
    const std::string added = write_alerts({&alert, 1});
    const std::string_view copies[] = {event_.row(kAlertsRow), added};
    alerts_ = merge_alerts(config_.notifications.alert_history, event_.now, copies).bytes;
    done_.rows.push_back({kAlertsRow, alerts_});
    ++collector_status_.alerts;
    collector_status_.lost.reset();
    collector_status_.last_day.reset();
    put_collector_status();
    log(Level::error, alert.title + ". " + alert.message, "kv-lost");
  }

  // It came back.
  void forget_loss() {
    collector_status_.lost.reset();
    put_collector_status();
  }

  void checkpoint_log() {
    CheckpointResult result = take_checkpoint(config_, event_, session_);
    if (result.damaged) {
      log(Level::error,
          "monitor:latest, in the collector or in KV, is damaged; what can be read of it is kept", "damaged");
    }
    done_.rows = std::move(result.rows);
    std::move(result.logs.begin(), result.logs.end(), std::back_inserter(done_.logs));
    latest_ = std::move(result.document);
  }

  void put_all() {
    if (session_.checkpointed != collector_status_.published_through)
      done_.puts.push_back({Key::latest, std::move(latest_)});
    put_monitor_document();
    if (collector_status_.alerts != collector_status_.published_alerts) {
      const std::string_view stored_alerts = alerts_.empty() ? event_.row(kAlertsRow) : alerts_;
      done_.puts.push_back({Key::alerts, std::string(stored_alerts)});
    }
    if (done_.puts.empty()) return;
    session_.publishing = Publishing{event_.now, session_.checkpointed, collector_status_.alerts, last_day_};
  }

  void put_monitor_document() {
    if (!is_readable()) return;
    if (monitor_document_.is_newer()) {
      return log(Level::error,
                 "monitor:data is of version " + std::to_string(monitor_document_.version) +
                     ", newer than this program; it is left alone",
                 "newer-version");
    }
    Summary summary = summary_of(config_, state_, read_outbox(event_.row(kOutboxRow)), *collector_status_.at);
    for (const std::string& warning : quota_warnings(config_, collector_status_.today)) {
      summary.notices.push_back({"quota", warning, collector_status_.day});
    }
    WrittenMonitorDocument written =
        write_monitor_document(config_, collector_status_.revision, write_summary(config_, summary),
                               event_.row(kStateRow), monitor_document_.history(), cells_of(config_, state_));
    if (auto damage = damage_of(monitor_document_, written, stored().bytes.size()))
      done_.logs.push_back(*damage);
    last_day_ = written.last_day;
    done_.puts.push_back({Key::data, std::move(written.bytes)});
  }

  const Config& config_;
  const Event& event_;
  Session& session_;
  CollectorStatus collector_status_;
  const CheckState state_;
  const MonitorDocument monitor_document_;
  Day last_day_{};
  std::string latest_{};
  std::string alerts_{};
  Done done_{};
};

void note_success(CollectorStatus& collector_status, const Publishing& publishing, Key key) {
  if (key == Key::latest) collector_status.published_through = publishing.checkpointed;
  if (key == Key::alerts) collector_status.published_alerts = publishing.alerts;
  if (key == Key::data && publishing.last_day != Day{}) collector_status.last_day = publishing.last_day;
  ++collector_status.today.puts;
}

void note_time(Usage& today, Millis took) {
  today.publish_ms += took.count();
  today.longest_publish_ms = std::max(today.longest_publish_ms, took.count());
}

// The round after the puts.
Done published(const Event& event, Session& session) {
  const Publishing publishing = session.publishing.value_or(Publishing{.since = event.now});
  session.publishing.reset();
  CollectorStatus collector_status = read_collector_status(event.row(kCollectorStatusRow), event.now);
  begin_day(collector_status, event.now);
  Done done;
  const auto failed = std::count_if(event.results.begin(), event.results.end(),
                                    [](const PutResult& result) { return !result.is_stored; });
  for (const auto& [key, is_stored] : event.results) {
    if (is_stored) note_success(collector_status, publishing, key);
  }
  collector_status.today.failed_puts += failed;
  if (failed < static_cast<ptrdiff_t>(event.results.size())) collector_status.published = event.now;
  if (failed > 0 && !collector_status.failing) {
    collector_status.failing = event.now;
    done.logs.push_back(
        {Level::warn, "KV takes no writes; the collector goes on and puts again later", "kv-failing"});
  } else if (failed == 0 && collector_status.failing) {
    collector_status.failing.reset();
    done.logs.push_back({Level::info, "KV takes writes again", "kv-recovered"});
  }
  const bool has_changed_since = collector_status.alerts != publishing.alerts ||
                                 (collector_status.at && *collector_status.at > publishing.since);
  collector_status.is_urgent = collector_status.is_urgent && has_changed_since;
  note_time(collector_status.today, event.now - publishing.since);
  done.rows.push_back({kCollectorStatusRow, write_collector_status(collector_status)});
  return done;
}

bool is_another_running(const Event& event, const Session& session) {
  return session.publishing && event.now - session.publishing->since < kHangs;
}

bool is_after_puts(const Event& event) {
  return !event.results.empty();
}

}  // namespace

// A large document crosses again with every round that follows, so it is asked for last.
Reads reads_to_publish(const Context& context) {
  const auto& [config, page, event, session] = context;
  if (is_after_puts(event)) return {.rows = {{kCollectorStatusRow}}};
  if (is_another_running(event, session)) return {};
  const bool has_data = event.document(Key::data).state != Document::State::unread;
  if (!has_data && !event.has_read({kLatestRow})) return {.rows = {{kLatestRow}}, .is_complete = false};
  Reads reads = reads_to_checkpoint(event, session);
  reads.documents = {Key::latest, Key::data};
  reads.rows.insert(reads.rows.end(), {{kCollectorStatusRow}, {kStateRow}, {kAlertsRow}, {kOutboxRow}});
  return reads;
}

Outcome publish(const Context& context) {
  const auto& [config, page, event, session] = context;
  if (is_after_puts(event)) return published(event, session);
  if (is_another_running(event, session)) return Done{};
  return Publisher(context).run();
}

}  // namespace hb
