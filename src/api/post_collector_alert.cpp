// POST /api/alert in the collector: what is news is stored, and as much of it as one event can take in is
// queued, and sent at once as far as that is possible. The rest is the backlog.

#include <algorithm>

#include "alerts/backlog.hpp"
#include "alerts/posted_alerts.hpp"
#include "collector/rows.hpp"
#include "collector/write_ahead_log.hpp"
#include "event/handlers.hpp"
#include "event/http.hpp"
#include "jobs/alert_intake.hpp"
#include "text/json.hpp"
#include "text/json_writer.hpp"

namespace hb {
namespace {

constexpr size_t kLargeGroup = 400;  // alerts, which take so long to find that fewer are taken in with them
constexpr size_t kSmallBody = 16 * 1024;  // whose alerts' rows are read one by one

// What the second round has to know of the first.
struct Continuation {
  Time at{};
  AlertReport report{};  // without deliveries
  std::vector<std::string> channels{};
  std::vector<DeliveryId> delivery_ids{};
};

std::string write_continuation(const Continuation& continuation) {
  const AlertReport& report = continuation.report;
  JsonWriter json;
  json.begin_object().member("at", to_ms(continuation.at)).member("title", report.title);
  json.member("received", report.received).member("news", report.new_alerts);
  json.member("backlog", report.backlog).member("truncated", report.truncated).key("unfit").begin_array();
  for (const auto& [name, reason] : report.unfit) json.begin_array().value(name).value(reason).end_array();
  json.end_array().key("channels").begin_array();
  for (const std::string& name : continuation.channels) json.value(name);
  json.end_array().key("tickets").raw(write_delivery_ids(continuation.delivery_ids));
  return json.end_object().take();
}

size_t count_in(const Json& json, const char* name) {
  return static_cast<size_t>(std::max<int64_t>(integer_member(json, name).value_or(0), 0));
}

const Json::array_t& list_in(const Json& json, const char* name) {
  static const Json kNone;
  const Json* list = member(json, name);
  return elements(list == nullptr ? kNone : *list);
}

Continuation read_continuation(std::string_view text) {
  const Json json = parse_json(text).value_or(Json());
  Continuation out{.at = from_ms(integer_member(json, "at").value_or(0)),
                   .report = {.title = string_member(json, "title").value_or(""),
                              .received = count_in(json, "received"),
                              .new_alerts = count_in(json, "news"),
                              .backlog = count_in(json, "backlog"),
                              .truncated = count_in(json, "truncated")}};
  for (const Json& one : list_in(json, "unfit")) {
    const auto& pair = elements(one);
    if (pair.size() != 2) continue;
    out.report.unfit.push_back({as_string(pair[0]).value_or(""), as_string(pair[1]).value_or("")});
  }
  for (const Json& name : list_in(json, "channels")) out.channels.push_back(as_string(name).value_or(""));
  if (const Json* delivery_ids = member(json, "tickets"))
    out.delivery_ids = read_delivery_ids(dump(*delivery_ids));
  return out;
}

// What was taken in at `at` and has not left the queue was not delivered.
Delivery delivery_of(const Outbox& outbox, const std::string& channel, Time at) {
  const ChannelQueue* queue = find_queue(outbox, channel);
  if (queue == nullptr || !has_undelivered(*queue, at)) return {channel, ""};
  return {channel, queue->words.empty() ? "It waits for its turn; the next check goes on" : queue->words};
}

Reply reply_to(const Config& config, const Outbox& outbox, Continuation continuation) {
  AlertReport& report = continuation.report;
  for (const std::string& channel : continuation.channels) {
    report.deliveries.push_back(delivery_of(outbox, channel, continuation.at));
  }
  return json_reply(200, print_report(config, report));
}

class CollectedPost {
 public:
  CollectedPost(const Context& context, const AlertBody& body)
      : config_(context.config), event_(context.event), body_(body), intake_(config_, event_) {}

  Done run() {
    Done done;
    take_truncation();
    const std::vector<NewAlert> news = news_of_body();
    const size_t now = taken_in_now(news);
    for (const NewAlert& one : std::span(news).first(now))
      take(alert_at(added(), body_, one.index), one.again);
    if (!put_backlog(std::span(news).subspan(now), done)) return outcome_of(full());
    report_.backlog = news.size() - now;
    report_.unfit = intake_.unfit();
    Continuation continuation{.at = event_.now, .report = report_};
    continuation.channels = channel_names_of(config_, intake_.announcements());
    if (!intake_.announcements().empty()) continuation.delivery_ids = intake_.send(done);
    intake_.put_rows(done);
    done.continuation = write_continuation(continuation);
    if (done.sends.empty()) done.reply = reply_to(config_, intake_.outbox(), std::move(continuation));
    return done;
  }

 private:
  const Severities& added() const { return config_.settings.severities; }

  static Reply full() {
    return unavailable("As many alerts as can be stored wait for the next checks; post it again",
                       kRepostAfterSeconds);
  }

  size_t taken_in_now(std::span<const NewAlert> news) const {
    if (!intake_.has_room()) return 0;
    const size_t most = body_.alerts.size() > kLargeGroup ? kMostTakenIn / 2 : kMostTakenIn;
    return std::min(taken_in_at_once(body_, news), most);
  }

  // Known from here on, also what is taken in later: posted again, it is a repeat.
  std::optional<NewAlert> news_of(const ExternalAlert& alert, size_t index) {
    KnownAlerts& known = intake_.known();
    const std::string key = alert_key(alert);
    const Novelty novelty = novelty_of(known.find(key), alert, event_.now);
    if (!novelty.is_news) {
      known.refresh(key);
      return std::nullopt;
    }
    known.remember(key, alert, novelty.again);
    return NewAlert{index, novelty.again};
  }

  std::vector<NewAlert> news_of_body() {
    std::vector<NewAlert> news;
    for (size_t i = 0; i < body_.alerts.size(); ++i) {
      if (const auto one = news_of(state_at(added(), body_, i), i)) news.push_back(*one);
    }
    report_.title = alert_at(added(), body_, 0).title;
    report_.received = body_.alerts.size();
    report_.truncated = body_.truncated;
    report_.new_alerts = news.size();
    return news;
  }

  void take_truncation() {
    const auto truncation = truncation_of(added(), body_);
    const auto news = truncation ? news_of(*truncation, 0) : std::nullopt;
    if (news) take(*truncation, news->again);
  }

  void take(const ExternalAlert& alert, std::optional<Time> again) {
    intake_.enter(alert, again, event_.now);
    intake_.announce(alert, event_.now);
  }

  // False when there is no place for them.
  bool put_backlog(std::span<const NewAlert> rest, Done& done) {
    CollectorStatus& status = intake_.status();
    while (!rest.empty()) {
      if (status.backlog_until - status.backlog_from >= kBacklogRows) return false;
      const size_t count = taken_in_at_once(body_, rest);
      done.rows.push_back(
          {backlog_row(status.backlog_until), write_backlog(event_.now, body_, rest.first(count))});
      ++status.backlog_until;
      rest = rest.subspan(count);
    }
    return true;
  }

  const Config& config_;
  const Event& event_;
  const AlertBody& body_;
  AlertIntake intake_;
  AlertReport report_{};
};

Done with_results(const Context& context) {
  const auto& [config, page, event, session] = context;
  Continuation continuation = read_continuation(event.continuation);
  Done done;
  const Outbox outbox = record_results_in_row(config, event, continuation.delivery_ids, session, done);
  done.reply = reply_to(config, outbox, std::move(continuation));
  return done;
}

bool is_answered(const Event& event) {
  return !event.answers.empty();
}

// The rows of its alerts, or all where it may have many.
void add_known_rows(const Context& context, std::vector<Range>& rows) {
  const std::string_view text = context.request().body;
  if (text.size() > kSmallBody) return rows.push_back(kAllKnownRows);
  const auto found = find_alerts(text);
  const AlertBody* body = std::get_if<AlertBody>(&found);
  if (body == nullptr) return;
  const Severities& added = context.config.settings.severities;
  const auto add = [&](const ExternalAlert& alert) {
    const Range row{known_row(alert_key(alert))};
    if (std::find(rows.begin(), rows.end(), row) == rows.end()) rows.push_back(row);
  };
  for (size_t i = 0; i < body->alerts.size(); ++i) add(state_at(added, *body, i));
  if (const auto truncation = truncation_of(added, *body)) add(*truncation);
}

}  // namespace

Reads reads_to_post_alert(const Context& context) {
  if (is_answered(context.event)) return {.rows = {{kOutboxRow}}};
  Reads reads{.rows = intake_rows()};
  add_known_rows(context, reads.rows);
  return reads;
}

Outcome post_collector_alert(const Context& context) {
  if (is_answered(context.event)) return with_results(context);
  const auto found = find_alerts(context.request().body);
  if (const auto* error = std::get_if<Error>(&found)) return outcome_of(*error);
  return CollectedPost(context, std::get<AlertBody>(found)).run();
}

}  // namespace hb
