// Publishing: what the collector knows becomes what readers see in KV. Follows a check that found it due.

#include <algorithm>

#include "check/change_alerts.hpp"
#include "collector/checkpointing.hpp"
#include "collector/collector_status.hpp"
#include "collector/kv_relation.hpp"
#include "collector/publishing.hpp"
#include "collector/rows.hpp"
#include "documents/alerts.hpp"
#include "documents/monitor_document.hpp"
#include "event/handlers.hpp"
#include "jobs/recording.hpp"
#include "text/whole_json.hpp"

namespace hb {
namespace {

constexpr Millis kDamageShownFor = 24h;
constexpr Millis kHangs = 55s;  // so long a publishing keeps the next one waiting

class Publisher {
 public:
  explicit Publisher(const Context& context)
      : config_(context.config),
        event_(context.event),
        session_(context.session),
        collector_status_(read_collector_status(event_.row(kCollectorStatusRow), event_.now)),
        state_(read_state(config_, event_.now, event_.row(kStateRow))),
        monitor_document_(recognized(collector_status_, read_monitor_document(stored().bytes))) {}

  Done run() {
    if (!collector_status_.at) return {};
    collector_status_.is_ordered = false;
    if (!state_.scheduled) return ended();
    write_document();
    const auto intact = static_cast<int64_t>(written_.intact);
    const KvRelation relation =
        kv_relation(collector_status_, stored(), monitor_document_, intact, event_.now);
    if (relation == KvRelation::foreign) return note_foreign();
    checkpoint_log();
    note_loss(relation);
    put_all(relation);
    return done_.puts.empty() ? ended() : std::move(done_);
  }

 private:
  const Document& stored() const { return event_.document(Key::data); }
  bool is_writable() const {
    return stored().state != Document::State::failed && !monitor_document_.is_newer();
  }

  void log(Level level, std::string text, std::string event) {
    done_.logs.push_back({level, std::move(text), std::move(event)});
  }
  Done ended() {
    put_collector_status();
    return std::move(done_);
  }
  void put_collector_status() {
    std::erase_if(done_.rows, [](const RowPut& row) { return row.key == kCollectorStatusRow; });
    done_.rows.push_back({kCollectorStatusRow, write_collector_status(collector_status_)});
  }

  // Damage to the row must not reach what readers get: then it is written anew, as far as it can be read.
  void write_document() {
    if (!is_writable()) return;
    const std::string_view row = event_.row(kStateRow);
    const std::string repaired = is_whole_json(row) ? std::string() : write_state(config_, state_);
    Summary summary = summary_of(config_, state_, read_outbox(event_.row(kOutboxRow)), *collector_status_.at);
    summary.pace = slower_pace().value_or(Millis{0});
    if (auto notice = storage_damage()) summary.notices.push_back(std::move(*notice));
    if (auto notice = slow_pace()) summary.notices.push_back(std::move(*notice));
    for (const std::string& warning : quota_warnings(config_, collector_status_.today)) {
      summary.notices.push_back({"quota", warning, collector_status_.day});
    }
    written_ = write_monitor_document(config_, collector_status_.revision, write_summary(config_, summary),
                                      repaired.empty() ? row : repaired, monitor_document_.history(),
                                      cells_of(config_, state_));
  }

  std::optional<Notice> storage_damage() const {
    const std::optional<Time>& damaged = collector_status_.damaged;
    if (!damaged || event_.now - *damaged > kDamageShownFor) return std::nullopt;
    return Notice{"storage-damaged",
                  "The collector's storage was found damaged, or empty, at " + humanized_time(*damaged) +
                      "; the recent alerts say what is gone",
                  *damaged};
  }

  // Absent while it is the usual one.
  std::optional<Millis> slower_pace() const {
    const Millis pace = publishing_interval(config_, collector_status_, event_.now);
    return pace > config_.settings.monitoring.record_interval ? std::optional(pace) : std::nullopt;
  }

  // Readers should know why what they see is old.
  std::optional<Notice> slow_pace() const {
    const Monitoring& monitoring = config_.settings.monitoring;
    const auto pace = slower_pace();
    if (!pace || *pace < 2 * monitoring.record_interval) return std::nullopt;
    return Notice{"quota",
                  "What is shown here is renewed every " + humanized(*pace) +
                      " only: that is how far the day's " + std::to_string(monitoring.kv_writes_per_day) +
                      " writes to KV (kvWritesPerDay in settings.json) go",
                  collector_status_.day};
  }

  // The next check takes it over.
  Done note_foreign() {
    collector_status_.is_foreign = true;
    return ended();
  }

  void note_loss(KvRelation relation) {
    std::optional<Time>& lost = collector_status_.lost;
    if (relation == KvRelation::lost && lost) return;
    if (relation == KvRelation::lost) {
      lost = event_.now;
      const bool has_shrunk = stored().state == Document::State::found && !is_old();
      add_alert(has_shrunk ? history_damage_alert(event_.now) : loss_alert(event_.now), Level::warn);
    } else if (relation == KvRelation::accepted) {
      add_alert(accepted_loss_alert(*lost, event_.now), Level::error);
      collector_status_.last_day.reset();
      lost.reset();
    } else if (lost) {  // it came back
      lost.reset();
    } else {
      return;
    }
    put_collector_status();
  }

  bool is_old() const { return monitor_document_.history().last_day < *collector_status_.last_day; }

  void add_alert(const Alert& alert, Level level) {
    const std::string added = write_alerts({&alert, 1});
    const std::string_view copies[] = {event_.row(kAlertsRow), added};
    alerts_ = merge_alerts(config_.notifications.alert_history, event_.now, copies).bytes;
    done_.rows.push_back({kAlertsRow, alerts_});
    ++collector_status_.alerts;
    log(level, alert.title + ". " + alert.message, "kv-lost");
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

  void put_all(KvRelation relation) {
    if (session_.checkpointed != collector_status_.published_through)
      done_.puts.push_back({.key = Key::latest, .bytes = std::move(latest_)});
    if (relation != KvRelation::lost) put_monitor_document();
    if (collector_status_.alerts != collector_status_.published_alerts)
      done_.puts.push_back({.key = Key::alerts, .bytes = readable_alerts()});
    if (done_.puts.empty()) return;
    session_.publishing = Publishing{.since = event_.now,
                                     .revision = collector_status_.revision,
                                     .checkpointed = session_.checkpointed,
                                     .alerts = collector_status_.alerts,
                                     .last_day = written_.last_day,
                                     .histories = static_cast<int64_t>(written_.written)};
  }

  std::string readable_alerts() const {
    const std::string_view stored_alerts = alerts_.empty() ? event_.row(kAlertsRow) : alerts_;
    if (is_whole_json(stored_alerts)) return std::string(stored_alerts);
    return merge_alerts(config_.notifications.alert_history, event_.now, {&stored_alerts, 1}).bytes;
  }

  void put_monitor_document() {
    if (monitor_document_.is_newer()) {
      return log(Level::error,
                 "monitor:data is of version " + std::to_string(monitor_document_.version) +
                     ", newer than this program; it is left alone",
                 "newer-version");
    }
    if (!is_writable()) return;
    if (auto damage = damage_of(monitor_document_, written_, stored().bytes.size()))
      done_.logs.push_back(*damage);
    done_.puts.push_back(std::move(written_.put));
  }

  const Config& config_;
  const Event& event_;
  Session& session_;
  CollectorStatus collector_status_;
  const CheckState state_;
  const MonitorDocument monitor_document_;
  WrittenMonitorDocument written_{};
  std::string latest_{};
  std::string alerts_{};
  Done done_{};
};

void note_success(CollectorStatus& collector_status, const Publishing& publishing, Key key) {
  if (key == Key::latest) collector_status.published_through = publishing.checkpointed;
  if (key == Key::alerts) collector_status.published_alerts = publishing.alerts;
  if (key == Key::data) {
    collector_status.last_day = publishing.last_day;
    collector_status.histories = publishing.histories;
    collector_status.stored_revision = publishing.revision;
    collector_status.stored_version = kMonitorDocumentVersion;
  }
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
  collector_status.is_ordered = false;
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
