// The check in the collector: on the checkpoint and the tail of the write-ahead log, so that it never judges
// old heartbeats and its own state is never old.

#include <algorithm>
#include <map>
#include <utility>

#include "check/change_alerts.hpp"
#include "check/incidents.hpp"
#include "check/run_check.hpp"
#include "collector/checkpointing.hpp"
#include "collector/collector_status.hpp"
#include "collector/heartbeat_log.hpp"
#include "collector/publishing.hpp"
#include "collector/rows.hpp"
#include "collector/storage_faults.hpp"
#include "documents/alerts.hpp"
#include "documents/latest.hpp"
#include "documents/monitor_document.hpp"
#include "event/handlers.hpp"
#include "jobs/dispatch.hpp"
#include "jobs/recording.hpp"
#include "notify/announcements.hpp"
#include "text/whole_json.hpp"

namespace hb {
namespace {

// The baseline of the check: the collector's own state, or what is taken over from KV.
struct Baseline {
  bool is_taken_over = false;
  MonitorDocument monitor_document{};  // of KV, when it was read
  std::string_view state{};            // the text
  std::string latest{};                // joined from both when KV was read, else empty
  std::string_view document;           // monitor:latest
};

class CollectorCheck {
 public:
  explicit CollectorCheck(const Context& context)
      : config_(context.config),
        event_(context.event),
        session_(context.session),
        collector_status_(read_collector_status(event_.row(kCollectorStatusRow), event_.now)) {}

  Outcome run() {
    if (collector_status_.scheduled && event_.scheduled() <= *collector_status_.scheduled) return Done{};
    if (may_others_have_written() && !has_read_kv()) return Ask{.documents = {kKeys.begin(), kKeys.end()}};
    if (is_first() && has_kv_failed()) {
      return refused("The check judged nothing: KV could not be read, and the collector is new");
    }
    choose_baseline();
    if (baseline_.monitor_document.is_newer() && baseline_.is_taken_over) {
      return refused("The check judged nothing: monitor:data is of version " +
                     std::to_string(baseline_.monitor_document.version) + ", newer than this program");
    }
    return judged();
  }

 private:
  bool is_first() const { return !collector_status_.scheduled; }
  Millis monitoring_gap_after() const { return 3 * config_.settings.monitoring.check_interval; }

  // Others write only while the collector is not there, or when somebody restores.
  bool may_others_have_written() const {
    return !collector_status_.scheduled || collector_status_.is_foreign ||
           event_.scheduled() - *collector_status_.scheduled > monitoring_gap_after();
  }
  bool has_read_kv() const {
    return std::all_of(kKeys.begin(), kKeys.end(), [&](Key key) { return is_read(key); });
  }
  bool is_read(Key key) const { return event_.document(key).state != Document::State::unread; }
  // What KV has of it is known, though it may be nothing.
  bool has_monitor_document() const {
    return is_read(Key::data) && event_.document(Key::data).state != Document::State::failed;
  }
  bool has_kv_failed() const {
    return std::any_of(kKeys.begin(), kKeys.end(),
                       [&](Key key) { return event_.document(key).state == Document::State::failed; });
  }

  static Done refused(std::string text) {
    return {.logs = {{Level::error, std::move(text), "judged-nothing"}}};
  }

  void choose_baseline() {
    baseline_.state = event_.row(kStateRow);
    checkpoint_ = read_checkpoint(event_.row(kLatestRow));
    baseline_.document = checkpoint_.document;
    if (has_monitor_document()) read_kv_monitor_document();
    if (!is_read(Key::data) || has_kv_failed()) return;
    baseline_.is_taken_over =
        may_others_have_written() &&
        (is_first() || !is_own_revision(collector_status_, baseline_.monitor_document.revision));
    if (baseline_.is_taken_over) baseline_.state = check_of(baseline_.monitor_document);
    if (!is_read(Key::latest)) return;
    const std::string_view copies[] = {checkpoint_.document, event_.document(Key::latest).bytes};
    baseline_.latest = merge_latest(config_, event_.now, copies).bytes;
    baseline_.document = baseline_.latest;
  }

  void read_kv_monitor_document() {
    baseline_.monitor_document = read_monitor_document(event_.document(Key::data).bytes);
    baseline_.monitor_document.revision = plausible_revision(baseline_.monitor_document.revision, event_.now);
  }

  Outcome judged() {
    const CheckState before = read_state(config_, event_.now, baseline_.state);
    const std::vector<Alert> faults = faults_of_storage(before);
    std::vector<LastHeartbeat> last_heartbeats = read_latest(config_, event_.now, baseline_.document);
    const std::vector<HeartbeatBatch> tail = tail_of(event_, session_);
    join(config_, tail, last_heartbeats);
    const CheckInput input{.before = before,
                           .last_heartbeats = last_heartbeats,
                           .context = context_after(before),
                           .history = history(),
                           .must_record = baseline_.is_taken_over || before.is_damaged || !faults.empty()};
    auto [verdict, is_record_due, lacks_history] = run_check(config_, input);
    const bool is_visible_to_readers = verdict.has_changed || !faults.empty();
    verdict.alerts.insert(verdict.alerts.end(), faults.begin(), faults.end());
    HeartbeatLog log(event_, checkpoint_.segments, tail);
    const HeartbeatLookup heartbeat_lookup = [&](const Service& service, Time last_seen) {
      return log.find(service, last_seen);
    };
    const auto announcements =
        announce(config_, before, last_heartbeats, input.context, heartbeat_lookup, verdict);
    const std::vector<Alert> known =
        baseline_.is_taken_over ? read_alerts(kv_alerts()) : std::vector<Alert>();
    const auto changes = changes_by_row(verdict, known);
    Ask ask{.rows = unread_rows(changes)};
    for (Range& segment : log.unread()) ask.rows.push_back(std::move(segment));
    if (!ask.is_empty()) return ask;

    if (lacks_history && !is_read(Key::data)) return Ask{.documents = {Key::data}};
    Done done;
    if (is_record_due || verdict.has_changed || verdict.must_be_stored) put_state(input, verdict.state, done);
    put_outbox(before, announcements, done);
    put_documents(verdict, done);
    for (const auto& [key, more] : changes) {
      done.rows.push_back(
          {key, add_changes(event_.row(key), more, oldest_change(), config_.services.size())});
    }
    log_alerts(verdict.alerts, done.logs);
    put_collector_status(is_visible_to_readers, done);
    return done;
  }

  // Each is told once a day.
  std::vector<Alert> faults_of_storage(const CheckState& before) {
    std::vector<Alert> alerts;
    if (baseline_.is_taken_over) {
      if (has_lost_storage(collector_status_, before))
        alerts.push_back(lost_storage_alert(*before.scheduled, event_.now));
    } else if (auto faults = storage_faults(event_, session_, collector_status_, before); !faults.empty()) {
      alerts.push_back(storage_alert(faults, event_.now));
    }
    const std::vector<Alert> told = read_alerts(event_.row(kAlertsRow));
    std::erase_if(alerts, [&](const Alert& alert) {
      return std::any_of(told.begin(), told.end(), [&](const Alert& one) { return one.id == alert.id; });
    });
    if (!alerts.empty()) collector_status_.damaged = event_.now;
    return alerts;
  }

  // Of a baseline that was taken over only the last recorded check is known.
  CheckContext context_after(const CheckState& before) const {
    const Millis unrecorded =
        baseline_.is_taken_over ? config_.settings.monitoring.record_interval : Millis{0};
    return {.scheduled = event_.scheduled(),
            .now = event_.now,
            .last_check = last_check(before),
            .monitoring_gap_after = unrecorded + monitoring_gap_after(),
            .missed_after = baseline_.is_taken_over ? Millis{0} : config_.settings.monitoring.check_interval,
            .utc_offset = event_.utc_offset,
            .zones = read_utc_offsets(event_.zones)};
  }
  std::optional<Time> last_check(const CheckState& before) const {
    return baseline_.is_taken_over ? before.scheduled : collector_status_.scheduled;
  }

  std::string_view kv_alerts() const { return event_.document(Key::alerts).bytes; }
  Time oldest_change() const { return event_.now - std::chrono::days{config_.settings.retention_days}; }

  using ChangesByRow = std::map<std::string, ChangesById>;

  ChangesByRow changes_by_row(const Verdict& verdict, const std::vector<Alert>& known) const {
    ChangesByRow changes;
    const auto note = [&](const Service& service, Change change) {
      changes[changes_key(service.id)][service.id].push_back(std::move(change));
    };
    for (auto alert = known.rbegin(); alert != known.rend(); ++alert) {
      const Service* service = config_.find(alert->service_id);
      if (service == nullptr) continue;
      for (Change& change : changes_of({&*alert, 1})) note(*service, std::move(change));
    }
    for (const auto& [service, change] : verdict.changes) note(config_.services[service], change);
    return changes;
  }

  std::vector<Range> unread_rows(const ChangesByRow& changes) const {
    std::vector<Range> rows;
    rows.reserve(changes.size());
    for (const auto& [key, more] : changes) rows.push_back({key});
    return unread(event_, std::move(rows));
  }

  void put_state(const CheckInput& input, CheckState& state, Done& done) const {
    count_minutes(config_, input, state);
    state.outbox.reset();
    done.rows.push_back({kStateRow, write_state(config_, state)});
  }

  std::optional<History> history() const {
    return has_monitor_document() ? std::optional(baseline_.monitor_document.history()) : std::nullopt;
  }

  // What is queued in KV is taken over with the state.
  void put_outbox(const CheckState& before, const std::vector<Announcement>& announcements, Done& done) {
    Outbox outbox = read_outbox(event_.row(kOutboxRow));
    const std::string stored = write_outbox(outbox);
    if (before.outbox) join(outbox, *before.outbox);
    log_dropped(enqueue(config_, outbox, announcements, event_.now), done);
    std::string bytes = write_outbox(outbox);
    const bool has_ping = !config_.secrets.monitor_ping_url.empty();
    if (has_queued(outbox) || has_ping) done.follow_ups.push_back(FollowUp::tell);
    const bool is_damaged = !event_.row(kOutboxRow).empty() && !is_whole_json(event_.row(kOutboxRow));
    if (bytes != stored || is_damaged) done.rows.push_back({kOutboxRow, std::move(bytes)});
  }

  void put_documents(const Verdict& verdict, Done& done) {
    if (!baseline_.latest.empty()) {
      checkpoint_.document = baseline_.latest;
      done.rows.push_back({kLatestRow, write_checkpoint(checkpoint_)});
    }
    const std::string_view foreign = baseline_.is_taken_over ? kv_alerts() : std::string_view();
    if (verdict.alerts.empty() && foreign.empty()) return;
    const std::string added = write_alerts(verdict.alerts);
    const std::string_view copies[] = {event_.row(kAlertsRow), foreign, added};
    const AlertHistory& limits = config_.notifications.alert_history;
    done.rows.push_back({kAlertsRow, merge_alerts(limits, event_.now, copies).bytes});
    ++collector_status_.alerts;
  }

  void put_collector_status(bool is_visible_to_readers, Done& done) {
    if (baseline_.is_taken_over) {
      collector_status_.revision = std::max(collector_status_.revision, baseline_.monitor_document.revision);
      collector_status_.last_day.reset();
      collector_status_.histories = 0;
      collector_status_.lost.reset();
      collector_status_.published_through = -1;
      if (event_.document(Key::data).state == Document::State::found) {
        done.logs.push_back({Level::info, "The collector took over what KV has", "taken-over"});
      }
    }
    collector_status_.is_foreign = false;
    collector_status_.is_urgent |= is_visible_to_readers;
    collector_status_.scheduled = event_.scheduled();
    collector_status_.at = event_.now;
    count_work();
    if (collector_status_.backlog_from < collector_status_.backlog_until)
      done.follow_ups.push_back(FollowUp::take_backlog);
    if (is_publishing_due(config_, collector_status_, event_.scheduled())) {
      done.follow_ups.push_back(FollowUp::publish);
      // What was put before its call was lost is not known: it is counted as if all of it had been.
      if (std::exchange(collector_status_.is_ordered, true)) collector_status_.today.puts += kPutsAtMost;
      collector_status_.tried = event_.scheduled();
      collector_status_.revision_before = collector_status_.revision;
      collector_status_.revision = std::max(collector_status_.revision + 1, to_ms(event_.now));
    }
    done.rows.push_back({kCollectorStatusRow, write_collector_status(collector_status_)});
  }

  // What was done since the last check counts for the day of this one.
  void count_work() {
    begin_day(collector_status_, event_.now);
    Usage& today = collector_status_.today;
    const int64_t appended = std::max<int64_t>(session_.next - collector_status_.next, 0);
    ++today.checks;
    today.heartbeats += appended;
    // After an eviction the counts began anew; each heartbeat batch was one request, and a row.
    today.requests += std::max(event_.work.requests - session_.counted.requests, appended);
    today.errors += event_.work.errors - session_.counted.errors;
    today.rows_written += std::max(event_.work.rows_written - session_.counted.rows_written, appended);
    today.rows_read += event_.work.rows_read - session_.counted.rows_read;
    today.refused += session_.refused;
    count_readers();
    today.sent += session_.deliveries.sent;
    today.unsent += session_.deliveries.failed;
    collector_status_.next = session_.next;
    session_.counted = event_.work;
    session_.refused.clear();
    session_.deliveries = {};
  }

  // The session has those of the day, unless it began after an eviction: then what was counted before is added.
  void count_readers() {
    Readers& readers = session_.readers;
    if (readers.day != collector_status_.day) readers = {.day = collector_status_.day};
    int64_t& counted = collector_status_.today.readers;
    if (readers.forwarded < counted) readers.forwarded += counted;
    counted = readers.forwarded;
  }

  const Config& config_;
  const Event& event_;
  Session& session_;
  CollectorStatus collector_status_;
  Checkpoint checkpoint_{};
  Baseline baseline_{};
};

}  // namespace

Reads reads_to_check(const Context& context) {
  Reads reads{.rows = tail_ranges(context.session), .zones = true};
  for (const char* row : {kCollectorStatusRow, kStateRow, kLatestRow, kAlertsRow, kOutboxRow}) {
    reads.rows.push_back({row});
  }
  return reads;
}

Outcome check_in_collector(const Context& context) {
  return CollectorCheck(context).run();
}

}  // namespace hb
