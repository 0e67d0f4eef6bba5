// Publishing: what the collector knows becomes what readers see in KV. Follows a check that found it due.

#include <algorithm>

#include "check/change_alerts.hpp"
#include "collector/folding.hpp"
#include "collector/kv_relation.hpp"
#include "collector/rows.hpp"
#include "collector/tick.hpp"
#include "documents/alerts.hpp"
#include "documents/data.hpp"
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
        tick_(read_tick(event_.row(kTickRow), event_.now)),
        state_(read_state(config_, event_.now, event_.row(kStateRow))),
        data_(read_data(stored().bytes)) {}

  Done run() {
    if (!state_.scheduled || !tick_.at) return {};
    const KvRelation relation = kv_relation(tick_, stored(), data_, event_.now);
    if (relation == KvRelation::foreign) return note_foreign();
    if (relation == KvRelation::lost) return wait_for_kv();
    fold();
    if (relation == KvRelation::accepted) accept_loss();
    if (tick_.lost) forget_loss();
    put_all();
    return std::move(done_);
  }

 private:
  const Document& stored() const { return event_.document(Key::data); }
  bool is_readable() const { return stored().state != Document::State::failed; }

  void log(Level level, std::string text, std::string event) {
    done_.logs.push_back({level, std::move(text), std::move(event)});
  }
  void put_tick() { done_.rows.push_back({kTickRow, write_tick(tick_)}); }

  // The next check takes it over.
  Done note_foreign() {
    tick_.is_foreign = true;
    put_tick();
    return std::move(done_);
  }

  Done wait_for_kv() {
    if (tick_.lost) return {};
    tick_.lost = event_.now;
    put_tick();
    log(Level::warn,
        "KV has no monitor:data, or an old one; nothing is put for an hour, in case it comes back",
        "kv-lost");
    return std::move(done_);
  }

  void accept_loss() {
    const Alert alert = loss_alert(*tick_.lost, event_.now);
    const std::string added = write_alerts({&alert, 1});
    const std::string_view copies[] = {event_.row(kAlertsRow), added};
    alerts_ = merge_alerts(config_.notifications.alert_history, event_.now, copies).bytes;
    done_.rows.push_back({kAlertsRow, alerts_});
    ++tick_.alerts;
    tick_.lost.reset();
    tick_.last_day.reset();
    put_tick();
    log(Level::error, alert.title + ". " + alert.message, "kv-lost");
  }

  // It came back.
  void forget_loss() {
    tick_.lost.reset();
    put_tick();
  }

  void fold() {
    Folded folded = fold_ring(config_, event_, session_);
    if (folded.damaged) {
      log(Level::error,
          "monitor:latest, in the collector or in KV, is damaged; what can be read of it is kept", "damaged");
    }
    done_.rows = std::move(folded.rows);
    std::move(folded.logs.begin(), folded.logs.end(), std::back_inserter(done_.logs));
    latest_ = std::move(folded.document);
  }

  void put_all() {
    if (session_.folded != tick_.published_folded) done_.puts.push_back({Key::latest, std::move(latest_)});
    put_data();
    if (tick_.alerts != tick_.published_alerts) {
      const std::string_view stored_alerts = alerts_.empty() ? event_.row(kAlertsRow) : alerts_;
      done_.puts.push_back({Key::alerts, std::string(stored_alerts)});
    }
    if (done_.puts.empty()) return;
    session_.publishing = Publishing{event_.now, session_.folded, tick_.alerts, last_day_};
  }

  void put_data() {
    if (!is_readable()) return;
    if (data_.is_newer()) {
      return log(Level::error,
                 "monitor:data is of version " + std::to_string(data_.version) +
                     ", newer than this program; it is left alone",
                 "newer-version");
    }
    Summary summary = summary_of(config_, state_, read_outbox(event_.row(kOutboxRow)), *tick_.at);
    for (const std::string& warning : quota_warnings(config_, tick_.today)) {
      summary.notices.push_back({"quota", warning, tick_.day});
    }
    WrittenData written = write_data(config_, tick_.revision, write_summary(config_, summary),
                                     event_.row(kStateRow), data_.history(), cells_of(config_, state_));
    if (auto damage = damage_of(data_, written, stored().bytes.size())) done_.logs.push_back(*damage);
    last_day_ = written.last_day;
    done_.puts.push_back({Key::data, std::move(written.bytes)});
  }

  const Config& config_;
  const Event& event_;
  Session& session_;
  Tick tick_;
  const CheckState state_;
  const Data data_;
  Day last_day_{};
  std::string latest_{};
  std::string alerts_{};
  Done done_{};
};

void note_success(Tick& tick, const Publishing& publishing, Key key) {
  if (key == Key::latest) tick.published_folded = publishing.folded;
  if (key == Key::alerts) tick.published_alerts = publishing.alerts;
  if (key == Key::data && publishing.last_day != Day{}) tick.last_day = publishing.last_day;
  ++tick.today.puts;
}

void note_time(Usage& today, Millis took) {
  today.publish_ms += took.count();
  today.longest_publish_ms = std::max(today.longest_publish_ms, took.count());
}

// The round after the puts.
Done published(const Event& event, Session& session) {
  const Publishing publishing = session.publishing.value_or(Publishing{.since = event.now});
  session.publishing.reset();
  Tick tick = read_tick(event.row(kTickRow), event.now);
  begin_day(tick, event.now);
  Done done;
  const auto failed = std::count_if(event.results.begin(), event.results.end(),
                                    [](const PutResult& result) { return !result.is_stored; });
  for (const auto& [key, is_stored] : event.results) {
    if (is_stored) note_success(tick, publishing, key);
  }
  tick.today.failed_puts += failed;
  if (failed < static_cast<ptrdiff_t>(event.results.size())) tick.published = event.now;
  if (failed > 0 && !tick.failing) {
    tick.failing = event.now;
    done.logs.push_back(
        {Level::warn, "KV takes no writes; the collector goes on and puts again later", "kv-failing"});
  } else if (failed == 0 && tick.failing) {
    tick.failing.reset();
    done.logs.push_back({Level::info, "KV takes writes again", "kv-recovered"});
  }
  const bool is_news_since = tick.alerts != publishing.alerts || (tick.at && *tick.at > publishing.since);
  tick.is_urgent = tick.is_urgent && is_news_since;
  note_time(tick.today, event.now - publishing.since);
  done.rows.push_back({kTickRow, write_tick(tick)});
  return done;
}

bool is_another_under_way(const Event& event, const Session& session) {
  return session.publishing && event.now - session.publishing->since < kHangs;
}

bool is_after_puts(const Event& event) {
  return !event.results.empty();
}

}  // namespace

// A large document crosses again with every round that follows, so it is asked for last.
Reads reads_to_publish(const Context& context) {
  const auto& [config, page, event, session] = context;
  if (is_after_puts(event)) return {.rows = {{kTickRow}}};
  const bool has_data = event.document(Key::data).state != Document::State::unread;
  if (!has_data && !event.has_read({kLatestRow})) return {.rows = {{kLatestRow}}, .is_complete = false};
  Reads reads = reads_to_fold(event, session);
  reads.rows.insert(reads.rows.end(), {{kTickRow}, {kStateRow}, {kAlertsRow}, {kOutboxRow}});
  return reads;
}

Outcome publish(const Context& context) {
  const auto& [config, page, event, session] = context;
  if (is_after_puts(event)) return published(event, session);
  if (is_another_under_way(event, session)) return Done{};
  return Publisher(context).run();
}

}  // namespace hb
