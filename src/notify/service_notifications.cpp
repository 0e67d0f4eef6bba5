#include "notify/service_notifications.hpp"

#include <algorithm>

#include "config/channel_types.hpp"
#include "notify/announcement_texts.hpp"
#include "notify/audience.hpp"
#include "notify/decision.hpp"

namespace hb {
namespace {

bool is_never_seen_for_long(const ServiceCheck& service_check) {
  const bool is_never_seen = service_check.row.status == Status::unknown && !service_check.row.last_seen;
  return is_never_seen && service_check.check_context.scheduled - service_check.row.since >=
                              never_seen_limit(service_check.service);
}

// Down because it reported so, not because its heartbeats stopped.
bool is_by_report(const ServiceCheck& service_check) {
  const auto& report = service_check.last_heartbeat.report;
  if (!report || !service_check.row.last_seen || report->at < *service_check.row.last_seen ||
      report->status != service_check.row.status)
    return false;
  if (service_check.row.cause != Cause::none) return service_check.row.cause == Cause::short_run;
  if (!service_check.service.timing.has_threshold) return true;
  const Time watched = service_check.row.watched_since.value_or(Time{});
  return heartbeat_age(*service_check.row.last_seen, watched, service_check.check_context.now) <=
         service_check.service.staleness_threshold + service_check.check_context.lag;
}

class ServiceNotifier {
 public:
  ServiceNotifier(const ServiceCheck& service_check, Notified notified)
      : service_check_(service_check),
        notified_(std::move(notified)),
        channels_(channels_of(service_check.config, service_check.service)) {}

  ServiceNotifications run() && {
    if (is_muted(service_check_.config, service_check_.service)) {
      mute();
    } else {
      leave_lost_channels();
      note_unreported_outages();
      count_good_heartbeats();
      if (service_check_.row.last_seen) notified_.has_never_seen_notice = false;
      if (service_check_.row.status == Status::unknown) notify_never_seen();
      notify(decide(situation()));
      forget_last_message();
    }
    return {std::move(notified_), std::move(out_)};
  }

 private:
  Status status() const { return service_check_.row.status; }
  Time now() const { return service_check_.check_context.scheduled; }
  Status notified_status(const Channel& channel) const {
    const auto found = notified_.channels.find(channel.name);
    return found == notified_.channels.end() ? Status::up : found->second;
  }

  // Whether a channel that takes such a problem was not notified of it. It may be one that was added, or is there
  // again, while the problem lasts.
  bool is_pending(Status problem) const {
    return std::any_of(channels_.begin(), channels_.end(), [&](const Channel* channel) {
      return takes(service_check_.service, *channel, problem) && notified_status(*channel) < problem;
    });
  }

  // How long a problem has to last before it is announced.
  Millis pending_for() const {
    return (service_check_.service.failure_threshold - 1) *
           service_check_.config.settings.monitoring.check_interval;
  }
  bool is_cool() const {
    const std::chrono::minutes cooldown{service_check_.config.notifications.cooldown_minutes};
    return !notified_.at || now() >= *notified_.at + cooldown;
  }

  void mute() {
    const std::string_view reason = service_check_.config.notifications.enabled
                                        ? "Its notifications are switched off"
                                        : "Notifications are switched off";
    out_ = removal_notifications(service_check_.config, service_check_.service, notified_,
                                 service_check_.check_context, reason);
    notified_ = {.has_never_seen_notice = notified_.has_never_seen_notice};
  }

  // Channels that the service has no more; one that is removed, or disabled, cannot be notified.
  void leave_lost_channels() {
    Notified lost = notified_;
    lost.channels.clear();
    for (auto it = notified_.channels.begin(); it != notified_.channels.end();) {
      const bool is_kept = std::any_of(channels_.begin(), channels_.end(),
                                       [&](const Channel* channel) { return channel->name == it->first; });
      if (!is_kept) lost.channels.insert(*it);
      it = is_kept ? std::next(it) : notified_.channels.erase(it);
    }
    if (lost.channels.empty()) return;
    out_ = removal_notifications(service_check_.config, service_check_.service, lost,
                                 service_check_.check_context,
                                 "This channel is told no more about " + service_check_.service.name);
    if (notified_.channels.empty()) end_problem();
  }

  void end_problem() {
    notified_.status = Status::up;
    notified_.since = {};
    notified_.key.clear();
    notified_.channels.clear();
    notified_.good_heartbeats = 0;
    notified_.good_at.reset();
  }

  // What ended, or changed, before it was announced.
  void note_unreported_outages() {
    const UnreportedOutage* passing = passing_outage();
    const Status was = service_check_.before.status;
    const bool has_ended = service_check_.before.watched_since && (status() != was || passing != nullptr);
    if (has_ended && is_problem(was) && !service_check_.before.is_suppressed && was > notified_.status) {
      end_segment(was, passing != nullptr ? passing->from : service_check_.row.since);
    }
    if (passing != nullptr && passing->to - passing->from >= pending_for()) note_unreported_outage(*passing);
    if (!is_problem(status())) notified_.bad_since.reset();
  }

  // Two changes in one check: a failure that was over before.
  const UnreportedOutage* passing_outage() {
    for (size_t i = 0; i + 1 < service_check_.changes.size(); ++i) {
      const Change& change = service_check_.changes[i].change;
      if (!is_problem(change.status)) continue;
      passing_ = {change.status, change.at, service_check_.changes[i + 1].change.at};
      return &passing_;
    }
    return nullptr;
  }

  // Whether a problem that ends with this check had lasted long enough at the check before.
  bool had_lasted(Time since) const {
    return now() - service_check_.config.settings.monitoring.check_interval - since >= pending_for();
  }

  // A change from down to degraded goes on with what may be announced as degraded.
  bool is_no_longer_degraded(Status was) const {
    return notified_.status < Status::degraded && !(was == Status::down && status() == Status::degraded);
  }

  // Down counts from when it began; degraded or worse from when the problem did.
  void end_segment(Status was, Time end) {
    const Time bad_since = notified_.bad_since.value_or(service_check_.before.since);
    notified_.bad_since.reset();
    if (was == Status::down && had_lasted(service_check_.before.since)) {
      note_unreported_outage({was, service_check_.before.since, end});
    } else if (is_no_longer_degraded(was) && had_lasted(bad_since)) {
      note_unreported_outage({Status::degraded, bad_since, end});
    } else if (is_problem(status()) && notified_.status < Status::degraded) {
      notified_.bad_since = bad_since;
    }
  }

  void note_unreported_outage(const UnreportedOutage& outage) {
    if (outage.status > notified_.status && is_pending(outage.status))
      add_unreported_outage(notified_, outage);
  }

  // Of those that came between two checks one counts.
  void count_good_heartbeats() {
    if (status() != Status::up || notified_.status == Status::up ||
        service_check_.service.success_threshold < 2) {
      notified_.good_heartbeats = 0;
      notified_.good_at.reset();
    } else if (notified_.good_at != service_check_.row.last_seen) {
      ++notified_.good_heartbeats;
      notified_.good_at = service_check_.row.last_seen;
    }
  }

  bool has_recovered() const {
    const int needed = service_check_.service.success_threshold;
    return status() != Status::up || needed < 2 || notified_.good_heartbeats >= needed;
  }

  bool is_withheld() const {
    return status() == Status::unknown || status() == Status::paused || service_check_.row.is_suppressed;
  }

  Situation situation() const {
    return {.notified = notified_.status,
            .status = status(),
            .is_withheld = is_withheld(),
            .is_pending = is_pending(status()),
            .has_unreported = !notified_.unreported_outages.empty(),
            .has_lasted = has_lasted(),
            .is_cool = is_cool(),
            .is_unsure = status() == Status::down && service_check_.is_alerting_suppressed &&
                         !is_by_report(service_check_),
            .has_recovered = has_recovered(),
            .is_reminder_due = is_reminder_due()};
  }

  void notify(Step step) {
    switch (step) {
      case Step::problem:
        return notify_worsening();
      case Step::improvement:
        return notify_improvement();
      case Step::unreported:
        return notify_unreported_outages();
      case Step::reminder:
        return remind();
      case Step::none:
      case Step::resolved_by_removal:
        return;
    }
  }

  bool has_lasted() const { return now() - problem_since() >= pending_for(); }

  Time problem_since() const {
    return status() == Status::down ? service_check_.row.since
                                    : notified_.bad_since.value_or(service_check_.row.since);
  }

  bool is_reminder_due() const {
    const std::chrono::minutes repeat{service_check_.service.repeat_alert_minutes};
    const bool is_time = repeat.count() > 0 && notified_.at && now() >= *notified_.at + repeat;
    return is_problem(status()) && (is_time || service_check_.row.has_other_reason);
  }

  void notify_worsening() {
    const Status worst = std::max(status(), worst_unreported(notified_));
    const bool is_known = notified_.status == status() && notified_.unreported_outages.empty();
    begin_problem();
    const Message message = problem_message(context());
    send(message, [&](const Channel& channel) {
      const bool is_new =
          notified_status(channel) < status() && takes(service_check_.service, channel, status());
      return is_new ||
             (!notified_.unreported_outages.empty() && takes(service_check_.service, channel, worst));
    });
    if (is_known)
      std::erase_if(out_, [](const Announcement& one) { return one.relation == Relation::corrects; });
    record_notified();
  }

  void notify_improvement() {
    const bool is_over = status() == Status::up;
    const Message message = is_over ? recovery_message(context()) : problem_message(context());
    const Status worst = worst_unreported(notified_);
    send(message, [&](const Channel& channel) {
      const bool was_notified = notified_.channels.count(channel.name) > 0;
      if (was_notified &&
          (takes(service_check_.service, channel, status()) || (is_over && keeps_incidents(channel))))
        return true;
      const bool is_for = !is_over || was_notified || !keeps_incidents(channel);
      return is_for && worst != Status::up && takes(service_check_.service, channel, worst);
    });
    record_notified();
  }

  void notify_unreported_outages() {
    const Status worst = worst_unreported(notified_);
    if (is_problem(status())) begin_problem();
    const Message message = unreported_outages_message(context());
    send(message, [&](const Channel& channel) {
      const bool is_for = is_problem(status()) || !keeps_incidents(channel);
      return is_for && takes(service_check_.service, channel, worst);
    });
    record_notified();
  }

  void remind() {
    send(reminder_message(context()), [&](const Channel& channel) {
      return notified_status(channel) == status() && takes(service_check_.service, channel, status());
    });
  }

  // What never began wakes nobody up.
  void notify_never_seen() {
    if (!is_never_seen_for_long(service_check_) || notified_.has_never_seen_notice) return;
    send(never_seen_message(context()), [&](const Channel& channel) {
      return !keeps_incidents(channel) && takes(service_check_.service, channel, Status::down);
    });
    notified_.has_never_seen_notice = !recipients_.empty();
  }

  void begin_problem() {
    if (notified_.status != Status::up) return;
    notified_.since =
        std::min(notified_.bad_since.value_or(service_check_.row.since), service_check_.row.since);
    notified_.key = service_check_.service.id + ":" + std::to_string(to_ms(notified_.since));
  }

  // A channel that does not take it, and may still have something unsent, has that set right.
  template <class Wanted>
  void send(const Message& message, Wanted wanted) {
    for (const Channel* channel : channels_) {
      const bool was_notified = notified_.channels.count(channel->name) > 0;
      if (!wanted(*channel)) {
        if (was_notified) out_.push_back({channel->name, message, Relation::corrects});
        continue;
      }
      out_.push_back({channel->name, message, was_notified ? Relation::continues : Relation::begins});
      notified_.at = now();
      recipients_.push_back(channel->name);
    }
  }

  // What was announced now is what people are notified of.
  void record_notified() {
    notified_.unreported_outages.clear();
    notified_.more = 0;
    notified_.worst_before = Status::up;
    if (!is_problem(status())) return end_problem();
    notified_.bad_since.reset();
    for (const std::string& name : recipients_) notified_.channels[name] = status();
    if (notified_.channels.empty()) return end_problem();
    notified_.status = status();
  }

  // Once a new problem would be announced as if nothing had ever been, there is nothing to remember.
  void forget_last_message() {
    if (notified_.channels.empty() && notified_.unreported_outages.empty() && is_cool()) notified_.at.reset();
  }

  NotificationContext context() const {
    const bool has_changed = status() != service_check_.before.status;
    return {.config = service_check_.config,
            .service = service_check_.service,
            .row = service_check_.row,
            .last_heartbeat = service_check_.last_heartbeat,
            .check_context = service_check_.check_context,
            .heartbeat_lookup = service_check_.heartbeat_lookup,
            .group_troubles = service_check_.group_troubles,
            .notified = notified_,
            .previous = has_changed ? service_check_.before.status : notified_.status,
            .previous_since = has_changed ? service_check_.before.since : notified_.since};
  }

  const ServiceCheck& service_check_;
  Notified notified_;
  std::vector<const Channel*> channels_;
  UnreportedOutage passing_{};
  std::vector<std::string> recipients_{};
  std::vector<Announcement> out_{};
};

}  // namespace

bool may_notify(const ServiceCheck& service_check) {
  if (!service_check.row.notified.empty()) return true;
  if (is_muted(service_check.config, service_check.service)) return false;
  return is_problem(service_check.row.status) || is_problem(service_check.before.status) ||
         service_check.changes.size() > 1 || is_never_seen_for_long(service_check);
}

ServiceNotifications notifications_of(const ServiceCheck& service_check, Notified notified) {
  return ServiceNotifier(service_check, std::move(notified)).run();
}

std::vector<Announcement> removal_notifications(const Config& config, const Service& service,
                                                const Notified& notified, const CheckContext& check_context,
                                                std::string_view reason) {
  const Situation situation{.notified = notified.status, .is_followed = false};
  if (decide(situation) != Step::resolved_by_removal) return {};
  return to_notified_channels(notified, removal_message(config, service, notified, check_context, reason));
}

}  // namespace hb
