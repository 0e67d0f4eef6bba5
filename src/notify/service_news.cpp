#include "notify/service_news.hpp"

#include <algorithm>

#include "config/channel_types.hpp"
#include "notify/announcement_texts.hpp"
#include "notify/audience.hpp"
#include "notify/decision.hpp"

namespace hb {
namespace {

constexpr Millis kUnheardLimit = 24h;

bool is_unheard_for_long(const Turn& turn) {
  const bool is_unheard = turn.row.status == Status::unknown && !turn.row.seen;
  return is_unheard && turn.moment.scheduled - turn.row.since >= kUnheardLimit;
}

// Down because it says so, not because it is silent.
bool is_by_report(const Turn& turn) {
  const auto& report = turn.heard.report;
  if (!report || !turn.row.seen || report->at < *turn.row.seen || report->status != turn.row.status)
    return false;
  const Time watched = turn.row.watched_since.value_or(Time{});
  return silent_for(*turn.row.seen, watched, turn.moment.now) <=
         turn.service.staleness_threshold + turn.moment.lag;
}

class Teller {
 public:
  Teller(const Turn& turn, Notified notified)
      : turn_(turn), told_(std::move(notified)), channels_(channels_of(turn.config, turn.service)) {}

  News run() && {
    if (is_muted(turn_.config, turn_.service)) {
      mute();
    } else {
      leave_lost_channels();
      note_flips();
      if (turn_.row.seen) told_.is_known_as_unheard = false;
      if (turn_.row.status == Status::unknown) tell_unheard();
      tell(decide(situation()));
      forget_the_told();
    }
    return {std::move(told_), std::move(out_)};
  }

 private:
  Status status() const { return turn_.row.status; }
  Time now() const { return turn_.moment.scheduled; }
  Status told_to(const Channel& channel) const {
    const auto found = told_.channels.find(channel.name);
    return found == told_.channels.end() ? Status::up : found->second;
  }

  // Whether somebody who wants to know of such a trouble does not.
  bool is_owed(Status trouble) const {
    return trouble > told_.status &&
           std::any_of(channels_.begin(), channels_.end(), [&](const Channel* channel) {
             return takes(turn_.service, *channel, trouble) && told_to(*channel) < trouble;
           });
  }

  // How long a trouble may last without being one.
  Millis patience() const {
    return (turn_.service.failure_threshold - 1) * turn_.config.settings.monitoring.check_interval;
  }
  bool is_cool() const {
    const std::chrono::minutes cooldown{turn_.config.notifications.cooldown_minutes};
    return !told_.at || now() >= *told_.at + cooldown;
  }

  void mute() {
    const std::string_view reason = turn_.config.notifications.enabled ? "Its notifications are switched off"
                                                                       : "Notifications are switched off";
    out_ = closings(turn_.config, turn_.service, told_, turn_.moment, reason);
    told_ = {.is_known_as_unheard = told_.is_known_as_unheard};
  }

  // Those that the service has no more; who is not there any more, or disabled, cannot be told.
  void leave_lost_channels() {
    Notified lost = told_;
    lost.channels.clear();
    for (auto it = told_.channels.begin(); it != told_.channels.end();) {
      const bool is_kept = std::any_of(channels_.begin(), channels_.end(),
                                       [&](const Channel* channel) { return channel->name == it->first; });
      if (!is_kept) lost.channels.insert(*it);
      it = is_kept ? std::next(it) : told_.channels.erase(it);
    }
    if (lost.channels.empty()) return;
    out_ = closings(turn_.config, turn_.service, lost, turn_.moment,
                    "This channel is told no more about " + turn_.service.name);
    if (told_.channels.empty()) end_trouble();
  }

  void end_trouble() {
    told_.status = Status::up;
    told_.since = {};
    told_.key.clear();
    told_.channels.clear();
  }

  // What ended, or changed, before it was told.
  void note_flips() {
    const Flip* passing = passing_flip();
    const Status was = turn_.before.status;
    const bool has_ended = turn_.before.watched_since && (status() != was || passing != nullptr);
    if (has_ended && is_trouble(was) && !turn_.before.is_quiet && was > told_.status) {
      end_segment(was, passing != nullptr ? passing->from : turn_.row.since);
    }
    if (passing != nullptr && passing->to - passing->from >= patience()) note_flip(*passing);
    if (!is_trouble(status())) told_.bad_since.reset();
  }

  // Two changes in one check: a failure that was over before.
  const Flip* passing_flip() {
    for (size_t i = 0; i + 1 < turn_.changes.size(); ++i) {
      const Change& change = turn_.changes[i].change;
      if (!is_trouble(change.status)) continue;
      passing_ = {change.status, change.at, turn_.changes[i + 1].change.at};
      return &passing_;
    }
    return nullptr;
  }

  // Whether a trouble that ends with this check was one at the check before.
  bool had_lasted(Time since) const {
    return now() - turn_.config.settings.monitoring.check_interval - since >= patience();
  }

  // A change from down to degraded goes on with what may be told as degraded.
  bool is_no_longer_degraded(Status was) const {
    return told_.status < Status::degraded && !(was == Status::down && status() == Status::degraded);
  }

  // Down counts from when it began; degraded or worse from when the trouble did.
  void end_segment(Status was, Time end) {
    const Time bad_since = told_.bad_since.value_or(turn_.before.since);
    told_.bad_since.reset();
    if (was == Status::down && had_lasted(turn_.before.since)) {
      note_flip({was, turn_.before.since, end});
    } else if (is_no_longer_degraded(was) && had_lasted(bad_since)) {
      note_flip({Status::degraded, bad_since, end});
    } else if (is_trouble(status()) && told_.status < Status::degraded) {
      told_.bad_since = bad_since;
    }
  }

  void note_flip(const Flip& flip) {
    if (is_owed(flip.status)) add_flip(told_, flip);
  }

  bool is_withheld() const {
    return status() == Status::unknown || status() == Status::paused || turn_.row.is_quiet;
  }

  Situation situation() const {
    return {.notified = told_.status,
            .status = status(),
            .is_withheld = is_withheld(),
            .is_owed = is_owed(status()),
            .has_unreported = !told_.flips.empty(),
            .has_lasted = has_lasted(),
            .is_cool = is_cool(),
            .is_unsure = status() == Status::down && turn_.is_blind && !is_by_report(turn_),
            .is_reminder_due = is_reminder_due()};
  }

  void tell(Step step) {
    switch (step) {
      case Step::trouble:
        return tell_worsening();
      case Step::improvement:
        return tell_improvement();
      case Step::unreported:
        return tell_flips();
      case Step::reminder:
        return remind();
      case Step::none:
      case Step::closing:
        return;
    }
  }

  bool has_lasted() const { return now() - trouble_since() >= patience(); }

  Time trouble_since() const {
    return status() == Status::down ? turn_.row.since : told_.bad_since.value_or(turn_.row.since);
  }

  bool is_reminder_due() const {
    const std::chrono::minutes repeat{turn_.service.repeat_alert_minutes};
    return repeat.count() > 0 && is_trouble(status()) && told_.at && now() >= *told_.at + repeat;
  }

  void tell_worsening() {
    const Status worst = std::max(status(), worst_flip(told_));
    begin_trouble();
    const Message message = trouble_message(scene());
    send(message, [&](const Channel& channel) {
      const bool is_news = told_to(channel) < status() && takes(turn_.service, channel, status());
      return is_news || (!told_.flips.empty() && takes(turn_.service, channel, worst));
    });
    settle();
  }

  void tell_improvement() {
    const bool is_over = status() == Status::up;
    const Message message = is_over ? recovery_message(scene()) : trouble_message(scene());
    const Status worst = worst_flip(told_);
    send(message, [&](const Channel& channel) {
      const bool was_told = told_.channels.count(channel.name) > 0;
      if (was_told && (takes(turn_.service, channel, status()) || (is_over && keeps_incidents(channel))))
        return true;
      const bool is_for = !is_over || was_told || !keeps_incidents(channel);
      return is_for && worst != Status::up && takes(turn_.service, channel, worst);
    });
    settle();
  }

  void tell_flips() {
    const Status worst = worst_flip(told_);
    if (is_trouble(status())) begin_trouble();
    const Message message = flips_message(scene());
    send(message, [&](const Channel& channel) {
      const bool is_for = is_trouble(status()) || !keeps_incidents(channel);
      return is_for && takes(turn_.service, channel, worst);
    });
    settle();
  }

  void remind() {
    send(reminder_message(scene()), [&](const Channel& channel) {
      return told_to(channel) == status() && takes(turn_.service, channel, status());
    });
  }

  // Nobody is woken up by what never began.
  void tell_unheard() {
    if (!is_unheard_for_long(turn_) || told_.is_known_as_unheard) return;
    send(unheard_message(scene()), [&](const Channel& channel) {
      return !keeps_incidents(channel) && takes(turn_.service, channel, Status::down);
    });
    told_.is_known_as_unheard = !out_.empty();
  }

  void begin_trouble() {
    if (told_.status != Status::up) return;
    told_.since = std::min(told_.bad_since.value_or(turn_.row.since), turn_.row.since);
    told_.key = turn_.service.id + ":" + std::to_string(to_ms(told_.since));
  }

  template <class Wanted>
  void send(const Message& message, Wanted wanted) {
    for (const Channel* channel : channels_) {
      if (!wanted(*channel)) continue;
      out_.push_back({channel->name, message});
      told_.at = now();
      listeners_.push_back(channel->name);
    }
  }

  // What was told now is what people know.
  void settle() {
    told_.flips.clear();
    told_.more = 0;
    told_.worst_before = Status::up;
    if (!is_trouble(status())) return end_trouble();
    told_.bad_since.reset();
    for (const std::string& name : listeners_) told_.channels[name] = status();
    if (told_.channels.empty()) return end_trouble();
    told_.status = status();
  }

  // Once a new trouble would be told as if nothing had ever been, there is nothing to remember.
  void forget_the_told() {
    if (told_.channels.empty() && told_.flips.empty() && is_cool()) told_.at.reset();
  }

  Scene scene() const {
    const bool has_changed = status() != turn_.before.status;
    return {.config = turn_.config,
            .service = turn_.service,
            .row = turn_.row,
            .heard = turn_.heard,
            .moment = turn_.moment,
            .last_beats = turn_.last_beats,
            .notified = told_,
            .previous = has_changed ? turn_.before.status : told_.status,
            .previous_since = turn_.before.since};
  }

  const Turn& turn_;
  Notified told_;
  std::vector<const Channel*> channels_;
  Flip passing_{};
  std::vector<std::string> listeners_{};
  std::vector<Announcement> out_{};
};

}  // namespace

bool may_be_news(const Turn& turn) {
  if (!turn.row.notified.empty()) return true;
  if (is_muted(turn.config, turn.service)) return false;
  return is_trouble(turn.row.status) || is_trouble(turn.before.status) || turn.changes.size() > 1 ||
         is_unheard_for_long(turn);
}

News news_of(const Turn& turn, Notified notified) {
  return Teller(turn, std::move(notified)).run();
}

std::vector<Announcement> closings(const Config& config, const Service& service, const Notified& notified,
                                   const Moment& moment, std::string_view reason) {
  const Situation situation{.notified = notified.status, .is_followed = false};
  if (decide(situation) != Step::closing) return {};
  return to_all_that_know(config, notified, closing_message(config, service, notified, moment, reason));
}

}  // namespace hb
