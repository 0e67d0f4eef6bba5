// POST /api/alert without the collector: stored, and sent while whoever posted it waits. There is no queue:
// what fails for a passing reason is theirs to post again, and then goes only to who has not accepted it.

#include <algorithm>

#include "alerts/alert_body.hpp"
#include "alerts/known_alerts.hpp"
#include "alerts/posted_alerts.hpp"
#include "api/lookup.hpp"
#include "documents/alerts.hpp"
#include "event/handlers.hpp"
#include "event/http.hpp"
#include "jobs/dispatch.hpp"

namespace hb {
namespace {

bool holds(const std::vector<std::string>& names, const std::string& name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

// The entry of the history; of a repeat the one that is there, with who has accepted it.
Alert entry_of(const std::vector<Alert>& history, const ExternalAlert& alert, const Novelty& novelty,
               Time now) {
  Alert entry = history_entry(alert, novelty.again, now);
  if (novelty.is_news) return entry;
  const std::string key = alert_key(alert);
  const auto known = std::find_if(history.begin(), history.end(), [&](const Alert& other) {
    return parse_entry_id(other.id, key).has_value();
  });
  return known == history.end() ? entry : *known;
}

bool is_queued_for(const Outbox& outbox, const std::string& channel, const std::string& message) {
  const ChannelQueue* queue = find_queue(outbox, channel);
  return queue != nullptr &&
         std::any_of(queue->troubles.begin(), queue->troubles.end(), [&](const Trouble& trouble) {
           return trouble.wanted && message_id(*trouble.wanted) == message;
         });
}

// Another try of the same may be accepted.
bool is_passing(const ChannelQueue& queue) {
  const bool is_hopeless = queue.health == ChannelHealth::broken || queue.health == ChannelHealth::unset;
  return !is_hopeless &&
         std::any_of(queue.troubles.begin(), queue.troubles.end(), [](const Trouble& trouble) {
           return trouble.wanted && trouble.refusals == 0 && trouble.wanted->kind != MessageKind::notice;
         });
}

class Post {
 public:
  Post(const Context& context, const AlertBody& body) : config_(context.config), event_(context.event) {
    const std::vector<Alert> history = read_alerts(context.document(Key::alerts).bytes);
    const Severities& added = config_.settings.severities;
    report_ = {
        .title = alert_at(added, body, 0).title, .received = body.alerts.size(), .truncated = body.truncated};
    for (size_t i = 0; i < body.alerts.size(); ++i) {
      report_.new_alerts += take(history, alert_at(added, body, i)) ? 1 : 0;
    }
    if (const auto truncation = truncation_of(added, body)) take(history, *truncation);
  }

  Done run() {
    Done done;
    log_dropped(enqueue(config_, outbox_, announcements_, event_.now), done);
    const std::vector<DeliveryId> delivery_ids = lease(config_, event_, outbox_, done);
    if (!event_.answers.empty()) {
      done = {};
      take_answers(config_, event_, delivery_ids, outbox_, done);
      note_accepted();
    }
    if (!entries_.empty()) done.merges.push_back({Key::alerts, write_alerts(entries_)});
    if (done.sends.empty()) done.reply = reply();
    return done;
  }

 private:
  // Whether it is news.
  bool take(const std::vector<Alert>& history, const ExternalAlert& alert) {
    const auto known = known_from_history(history, alert);
    const Novelty novelty = novelty_of(known ? &*known : nullptr, alert, event_.now);
    // Of the end of what nobody knows of there is nothing to say.
    if (!novelty.is_news && !known) return false;
    Alert entry = entry_of(history, alert, novelty, event_.now);
    const ExternalChannels to = external_channels(config_, alert);
    add_unfit(to.unfit, report_.unfit);
    const Message message = alert_message(alert, entry.timestamp);
    bool is_delivered = !to.channels.empty();
    for (const size_t channel : to.channels) {
      const std::string& name = config_.notifications.channels[channel].name;
      if (holds(entry.accepted, name)) continue;
      announcements_.push_back({name, message});
      entries_announced_.push_back(entries_.size());
      is_delivered = false;
    }
    if (!novelty.is_news && is_delivered) return false;
    entries_.push_back(std::move(entry));
    messages_.push_back(message_id(message));
    return novelty.is_news;
  }

  void note_accepted() {
    for (size_t i = 0; i < announcements_.size(); ++i) {
      const size_t entry = entries_announced_[i];
      const std::string& channel = announcements_[i].channel;
      if (!is_queued_for(outbox_, channel, messages_[entry])) entries_[entry].accepted.push_back(channel);
    }
  }

  Reply reply() {
    bool is_to_be_repeated = false;
    for (const std::string& channel : channel_names_of(config_, announcements_)) {
      const ChannelQueue& queue = queue_of(outbox_, channel);
      is_to_be_repeated |= is_passing(queue);
      const std::string words = queue.words.empty() ? "It was not sent" : queue.words;
      report_.deliveries.push_back({channel, has_undelivered(queue, event_.now) ? words : ""});
    }
    Reply reply = json_reply(is_to_be_repeated ? 503 : 200, print_report(config_, report_));
    if (is_to_be_repeated) reply.headers.emplace_back("Retry-After", std::to_string(kRepostAfterSeconds));
    return reply;
  }

  const Config& config_;
  const Event& event_;
  AlertReport report_;
  Outbox outbox_{};  // of this post alone
  std::vector<Announcement> announcements_{};
  std::vector<size_t> entries_announced_{};  // for each of them the entry that it is about
  std::vector<Alert> entries_{};
  std::vector<std::string> messages_{};  // the ids of what is said of each entry
};

}  // namespace

Outcome post_alert(const Context& context) {
  if (context.event.is_refused) {
    return outcome_of(unavailable("The alert could not be stored; post it again", kRepostAfterSeconds));
  }
  const auto found = find_alerts(context.request().body);
  if (const auto* error = std::get_if<Error>(&found)) return outcome_of(*error);
  if (auto reply = unreadable(context.event)) return outcome_of(std::move(*reply));
  return Post(context, std::get<AlertBody>(found)).run();
}

}  // namespace hb
