// POST /api/alert in the collector: stored, put into the outbox, and sent at once as far as that is possible.

#include <algorithm>

#include "alerts/known_alerts.hpp"
#include "alerts/posted_alerts.hpp"
#include "collector/collector_status.hpp"
#include "collector/rows.hpp"
#include "collector/write_ahead_log.hpp"
#include "documents/alerts.hpp"
#include "documents/outbox.hpp"
#include "event/handlers.hpp"
#include "event/http.hpp"
#include "jobs/dispatch.hpp"
#include "text/json.hpp"
#include "text/json_writer.hpp"

namespace hb {
namespace {

// What the second round has to know of the first.
struct Continuation {
  Time at{};
  size_t new_alerts = 0;
  std::vector<std::string> channels{};
  std::vector<DeliveryId> delivery_ids{};
};

std::string write_continuation(const Continuation& continuation) {
  JsonWriter json;
  json.begin_object()
      .member("at", to_ms(continuation.at))
      .member("news", continuation.new_alerts)
      .key("channels")
      .begin_array();
  for (const std::string& name : continuation.channels) json.value(name);
  json.end_array().key("tickets").raw(write_delivery_ids(continuation.delivery_ids));
  return json.end_object().take();
}

Continuation read_continuation(std::string_view text) {
  Continuation continuation;
  const auto json = parse_json(text);
  if (!json) return continuation;
  continuation.at = from_ms(integer_member(*json, "at").value_or(0));
  continuation.new_alerts =
      static_cast<size_t>(std::max<int64_t>(integer_member(*json, "news").value_or(0), 0));
  if (const Json* channels = member(*json, "channels")) {
    for (const Json& name : elements(*channels))
      continuation.channels.push_back(as_string(name).value_or(""));
  }
  if (const Json* delivery_ids = member(*json, "tickets"))
    continuation.delivery_ids = read_delivery_ids(dump(*delivery_ids));
  return continuation;
}

// What was taken in at `at` and has not left the queue was not delivered.
Delivery delivery_of(const Outbox& outbox, const std::string& channel, Time at) {
  const ChannelQueue* queue = find_queue(outbox, channel);
  if (queue == nullptr || !has_undelivered(*queue, at)) return {channel, ""};
  return {channel, queue->words.empty() ? "It waits for its turn; the next check goes on" : queue->words};
}

Reply reply_to(const Context& context, std::vector<PostedAlert> posted, const Outbox& outbox,
               const Continuation& continuation) {
  AlertReport report{.alerts = std::move(posted), .new_alerts = continuation.new_alerts};
  for (const std::string& channel : continuation.channels) {
    report.deliveries.push_back(delivery_of(outbox, channel, continuation.at));
  }
  return json_reply(200, print_report(context.config, report));
}

class CollectedPost {
 public:
  CollectedPost(const Context& context, std::vector<PostedAlert> posted)
      : config_(context.config),
        event_(context.event),
        context_(context),
        posted_(std::move(posted)),
        outbox_(read_outbox(event_.row(kOutboxRow))),
        known_(read_known_alerts(event_.row(kKnownRow), event_.now)) {}

  Done run() {
    for (const PostedAlert& posted : posted_) take(posted);
    Continuation continuation{.at = event_.now, .new_alerts = entries_.size()};
    if (entries_.empty()) return outcome_of(reply_to(context_, std::move(posted_), outbox_, continuation));
    Done done;
    log_dropped(enqueue(config_, outbox_, announcements_, event_.now), done);
    continuation.channels = channel_names_of(config_, announcements_);
    continuation.delivery_ids = lease(config_, event_, outbox_, done);
    done.continuation = write_continuation(continuation);
    put_rows(done);
    if (done.sends.empty()) done.reply = reply_to(context_, std::move(posted_), outbox_, continuation);
    return done;
  }

 private:
  void take(const PostedAlert& posted) {
    if (is_repeat(known_, posted.alert)) return;
    remember(known_, posted.alert, event_.now);
    entries_.push_back(history_entry(posted.alert, event_.now));
    for (const size_t channel : posted.to.channels) {
      announcements_.push_back(
          {config_.notifications.channels[channel].name, alert_message(posted.alert, event_.now)});
    }
  }

  void put_rows(Done& done) {
    const std::string added = write_alerts(entries_);
    const std::string_view copies[] = {event_.row(kAlertsRow), added};
    const AlertHistory& limits = config_.notifications.alert_history;
    done.rows.push_back({kAlertsRow, merge_alerts(limits, event_.now, copies).bytes});
    done.rows.push_back({kKnownRow, write_known_alerts(known_)});
    done.rows.push_back({kOutboxRow, write_outbox(outbox_)});
    CollectorStatus collector_status = read_collector_status(event_.row(kCollectorStatusRow), event_.now);
    ++collector_status.alerts;
    collector_status.is_urgent = true;
    done.rows.push_back({kCollectorStatusRow, write_collector_status(collector_status)});
  }

  const Config& config_;
  const Event& event_;
  const Context& context_;
  std::vector<PostedAlert> posted_;
  Outbox outbox_;
  KnownAlerts known_;
  std::vector<Alert> entries_{};
  std::vector<Announcement> announcements_{};
};

Done answered(const Context& context, std::vector<PostedAlert> posted) {
  const auto& [config, page, event, session] = context;
  const Continuation continuation = read_continuation(event.continuation);
  Done done;
  const Outbox outbox = record_results_in_row(config, event, continuation.delivery_ids, session, done);
  done.reply = reply_to(context, std::move(posted), outbox, continuation);
  return done;
}

bool is_answered(const Event& event) {
  return !event.answers.empty();
}

}  // namespace

Reads reads_to_post_alert(const Context& context) {
  if (is_answered(context.event)) return {.rows = {{kOutboxRow}}};
  return {.rows = {{kOutboxRow}, {kAlertsRow}, {kKnownRow}, {kCollectorStatusRow}}};
}

Outcome post_collector_alert(const Context& context) {
  auto parsed = posted_alerts(context);
  if (const auto* error = std::get_if<Error>(&parsed)) return outcome_of(*error);
  auto& posted = std::get<std::vector<PostedAlert>>(parsed);
  if (is_answered(context.event)) return answered(context, std::move(posted));
  return CollectedPost(context, std::move(posted)).run();
}

}  // namespace hb
