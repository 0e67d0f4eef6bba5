// The check in the collector: on what is stored there and the requests that are not folded yet, so that it
// never judges old heartbeats and its own state is never old.

#include <algorithm>
#include <map>

#include "check/incidents.hpp"
#include "check/verdict.hpp"
#include "collector/beat_log.hpp"
#include "collector/folding.hpp"
#include "collector/publishing.hpp"
#include "collector/rows.hpp"
#include "collector/tick.hpp"
#include "documents/alerts.hpp"
#include "documents/data.hpp"
#include "documents/latest.hpp"
#include "event/handlers.hpp"
#include "jobs/dispatch.hpp"
#include "jobs/recording.hpp"
#include "notify/announcements.hpp"

namespace hb {
namespace {

// What the check goes by: the collector's own, or what is taken over from KV.
struct Ground {
  bool is_taken_over = false;
  Data data{};                // of KV, when it was read
  std::string_view state{};   // the text
  std::string latest{};       // joined from both when KV was read, else empty
  std::string_view document;  // monitor:latest
};

class CollectorCheck {
 public:
  explicit CollectorCheck(const Context& context)
      : config_(context.config),
        event_(context.event),
        session_(context.session),
        tick_(read_tick(event_.row(kTickRow), event_.now)) {}

  Outcome run() {
    if (tick_.scheduled && event_.scheduled() <= *tick_.scheduled) return Done{};
    if (may_others_have_written() && !has_read_kv()) return Ask{.documents = {kKeys.begin(), kKeys.end()}};
    if (is_first() && has_kv_failed()) {
      return refused("The check judged nothing: KV could not be read, and the collector is new");
    }
    stand_on_ground();
    if (ground_.data.is_newer() && ground_.is_taken_over) {
      return refused("The check judged nothing: monitor:data is of version " +
                     std::to_string(ground_.data.version) + ", newer than this program");
    }
    return judged();
  }

 private:
  bool is_first() const { return !tick_.scheduled; }
  Millis gap_after() const { return 3 * config_.settings.monitoring.check_interval; }

  // Others write only while the collector is not there, or when somebody restores.
  bool may_others_have_written() const {
    return !tick_.scheduled || tick_.is_foreign || event_.scheduled() - *tick_.scheduled > gap_after();
  }
  bool has_read_kv() const {
    return std::all_of(kKeys.begin(), kKeys.end(), [&](Key key) { return is_read(key); });
  }
  bool is_read(Key key) const { return event_.document(key).state != Document::State::unread; }
  bool has_kv_failed() const {
    return std::any_of(kKeys.begin(), kKeys.end(),
                       [&](Key key) { return event_.document(key).state == Document::State::failed; });
  }

  static Done refused(std::string text) {
    return {.logs = {{Level::error, std::move(text), "judged-nothing"}}};
  }

  void stand_on_ground() {
    ground_.state = event_.row(kStateRow);
    collected_ = read_collected(event_.row(kLatestRow));
    ground_.document = collected_.document;
    if (!is_read(Key::data) || has_kv_failed()) return;
    read_kv_data();
    ground_.is_taken_over =
        may_others_have_written() && (is_first() || !is_own_revision(tick_, ground_.data.revision));
    if (ground_.is_taken_over) ground_.state = ground_.data.check;
    if (!is_read(Key::latest)) return;
    const std::string_view copies[] = {collected_.document, event_.document(Key::latest).bytes};
    ground_.latest = merge_latest(config_, event_.now, copies).bytes;
    ground_.document = ground_.latest;
  }

  void read_kv_data() {
    ground_.data = read_data(event_.document(Key::data).bytes);
    ground_.data.revision = believable_revision(ground_.data.revision, event_.now);
  }

  Outcome judged() {
    const CheckState before = read_state(config_, event_.now, ground_.state);
    std::vector<Heard> heard = read_latest(config_, event_.now, ground_.document);
    const std::vector<Accepted> ring = unfolded(event_, session_);
    join(config_, ring, heard);
    const Moment moment = this->moment(before);
    Verdict verdict = judge(config_, before, heard, moment);
    const bool is_news_for_readers = verdict.has_changed;
    BeatLog log(event_, collected_.segments, ring);
    const LastBeats last_beats = [&](const Service& service, Time seen) { return log.find(service, seen); };
    const auto announcements = announce(config_, before, heard, moment, last_beats, verdict);
    const std::vector<Alert> known = ground_.is_taken_over ? read_alerts(kv_alerts()) : std::vector<Alert>();
    const auto changes = changes_by_row(verdict, known);
    Ask ask{.rows = unread_rows(changes)};
    for (Range& segment : log.unread()) ask.rows.push_back(std::move(segment));
    if (!ask.is_empty()) return ask;

    const bool is_record = verdict.has_changed || verdict.has_missed || ground_.is_taken_over ||
                           is_regular_record_due(config_, before, event_.scheduled());
    if (is_record && are_cells_missing(config_, verdict.state) && !is_read(Key::data)) {
      return Ask{.documents = {Key::data}};
    }
    Done done;
    if (is_record) put_state(before, verdict.state, done);
    put_outbox(before, announcements, done);
    put_documents(verdict, done);
    for (const auto& [key, more] : changes) {
      done.rows.push_back(
          {key, add_changes(event_.row(key), more, oldest_change(), config_.services.size())});
    }
    log_alerts(verdict.alerts, done.logs);
    put_tick(is_news_for_readers, done);
    return done;
  }

  // What was taken over knows its last check only by the record of it.
  Moment moment(const CheckState& before) const {
    const Millis gap = ground_.is_taken_over ? config_.settings.monitoring.record_interval : Millis{0};
    return {.scheduled = event_.scheduled(),
            .now = event_.now,
            .last_check = last_check(before),
            .gap_after = gap + gap_after(),
            .missed_after = ground_.is_taken_over ? Millis{0} : config_.settings.monitoring.check_interval,
            .utc_offset = event_.utc_offset};
  }
  std::optional<Time> last_check(const CheckState& before) const {
    return ground_.is_taken_over ? before.scheduled : tick_.scheduled;
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

  void put_state(const CheckState& before, CheckState& state, Done& done) {
    const LastCheck since{
        std::max(last_check(before).value_or(event_.scheduled()), before.scheduled.value_or(event_.scheduled())),
        moment(before).gap_after};
    count_minutes(config_, before, since, history(), state);
    state.outbox.reset();
    done.rows.push_back({kStateRow, write_state(config_, state)});
  }

  std::optional<History> history() {
    const Document& document = event_.document(Key::data);
    if (document.state == Document::State::unread || document.state == Document::State::failed) return {};
    read_kv_data();
    return ground_.data.history();
  }

  // What waited where the state was taken over from goes on waiting here.
  void put_outbox(const CheckState& before, const std::vector<Announcement>& announcements,
                  Done& done) {
    Outbox outbox = read_outbox(event_.row(kOutboxRow));
    const std::string stored = write_outbox(outbox);
    if (before.outbox) join(outbox, *before.outbox);
    log_dropped(enqueue(config_, outbox, announcements, event_.now), done);
    std::string bytes = write_outbox(outbox);
    const bool has_ping = !config_.secrets.monitor_ping_url.empty();
    if (has_waiting(outbox) || has_ping) done.follow_ups.push_back(FollowUp::tell);
    if (bytes != stored) done.rows.push_back({kOutboxRow, std::move(bytes)});
  }

  void put_documents(const Verdict& verdict, Done& done) {
    if (!ground_.latest.empty()) {
      collected_.document = ground_.latest;
      done.rows.push_back({kLatestRow, write_collected(collected_)});
    }
    const std::string_view foreign = ground_.is_taken_over ? kv_alerts() : std::string_view();
    if (verdict.alerts.empty() && foreign.empty()) return;
    const std::string added = write_alerts(verdict.alerts);
    const std::string_view copies[] = {event_.row(kAlertsRow), foreign, added};
    const AlertHistory& limits = config_.notifications.alert_history;
    done.rows.push_back({kAlertsRow, merge_alerts(limits, event_.now, copies).bytes});
    ++tick_.alerts;
  }

  void put_tick(bool is_news_for_readers, Done& done) {
    if (ground_.is_taken_over) {
      tick_.revision = std::max(tick_.revision, ground_.data.revision);
      tick_.last_day.reset();
      tick_.lost.reset();
      tick_.published_folded = -1;
      if (event_.document(Key::data).state == Document::State::found) {
        done.logs.push_back({Level::info, "The collector took over what KV has", "taken-over"});
      }
    }
    tick_.is_foreign = false;
    tick_.is_urgent |= is_news_for_readers;
    tick_.scheduled = event_.scheduled();
    tick_.at = event_.now;
    count_work();
    if (is_publishing_due(config_, tick_, event_.scheduled())) {
      done.follow_ups.push_back(FollowUp::publish);
      tick_.tried = event_.scheduled();
      tick_.revision_before = tick_.revision;
      tick_.revision = std::max(tick_.revision + 1, to_ms(event_.now));
    }
    done.rows.push_back({kTickRow, write_tick(tick_)});
  }

  // What was done since the last check counts for the day of this one.
  void count_work() {
    begin_day(tick_, event_.now);
    Usage& today = tick_.today;
    const int64_t accepted = std::max<int64_t>(session_.next - tick_.next, 0);
    ++today.checks;
    today.heartbeats += accepted;
    // After an eviction the counts began anew; each accepted request was one, and a row.
    today.requests += std::max(event_.work.requests - session_.counted.requests, accepted);
    today.errors += event_.work.errors - session_.counted.errors;
    today.rows_written += std::max(event_.work.rows_written - session_.counted.rows_written, accepted);
    today.rows_read += event_.work.rows_read - session_.counted.rows_read;
    today.refused += session_.refused;
    today.sent += session_.told.sent;
    today.unsent += session_.told.failed;
    tick_.next = session_.next;
    session_.counted = event_.work;
    session_.refused.clear();
    session_.told = {};
  }

  const Config& config_;
  const Event& event_;
  Session& session_;
  Tick tick_;
  Collected collected_{};
  Ground ground_{};
};

}  // namespace

Reads reads_to_check(const Context& context) {
  Reads reads{.rows = unfolded_ranges(context.session)};
  for (const char* row : {kTickRow, kStateRow, kLatestRow, kAlertsRow, kOutboxRow}) {
    reads.rows.push_back({row});
  }
  return reads;
}

Outcome check_in_collector(const Context& context) {
  return CollectorCheck(context).run();
}

}  // namespace hb
