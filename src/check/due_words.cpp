#include "check/due_words.hpp"

namespace hb {
namespace {

// A clock in the zone of a schedule; of other days than that of the check it says the day, too.
class LocalClock {
 public:
  explicit LocalClock(const DueContext& context) : context_(context) {}

  std::string minute(Time time) const { return text(time, 5); }
  std::string second(Time time) const { return text(time, 8); }

  // " Europe/Berlin"
  std::string zone() const {
    const auto& schedule = context_.service.timing.schedule;
    if (!schedule || schedule->every > Millis{0} || schedule->zone == context_.config.notifications.timezone)
      return {};
    return ' ' + schedule->zone;
  }

 private:
  Time local(Time time) const {
    const auto& schedule = context_.service.timing.schedule;
    const auto& zones = context_.check_context.zones;
    if (!schedule || schedule->every > Millis{0}) return context_.check_context.utc_offset.local(time);
    return schedule->zone_index < zones.size() ? zones[schedule->zone_index].local(time) : time;
  }

  std::string text(Time time, size_t length) const {
    const std::string clock = clock_time(local(time)).substr(0, length);
    const bool is_today = day_of(local(time)) == day_of(local(context_.check_context.scheduled));
    return is_today ? clock : iso_day(day_of(local(time))) + ' ' + clock;
  }

  const DueContext& context_;
};

bool has_failed(const LastHeartbeat& last_heartbeat) {
  return last_heartbeat.report && last_heartbeat.last_seen && last_heartbeat.report->status == Status::down &&
         last_heartbeat.report->at >= *last_heartbeat.last_seen;
}

std::string unheard(const DueContext& context) {
  const LocalClock clock(context);
  const Time expected = context.row.expectation->at;
  const std::string text = clock.minute(expected) + ", not heard by " +
                           clock.minute(expected + context.service.timing.grace_or_usual()) + clock.zone();
  return has_failed(context.last_heartbeat) ? "It failed, and has not run since: expected " + text
                                            : "Expected " + text;
}

std::string limit_of(const DueContext& context) {
  const Timing& timing = context.service.timing;
  return humanized(timing.max_runtime.value_or(timing.grace_or_usual()));
}

}  // namespace

std::string due_sentence(const DueContext& context, const Due& due) {
  const LocalClock clock(context);
  switch (due.cause) {
    case Cause::running:
      return "Running since " + clock.second(*due.run->started) + clock.zone() + ", limit " +
             limit_of(context);
    case Cause::unstarted:
      return "Expected " + clock.minute(context.row.expectation->at) + ", has not started by " +
             clock.minute(due.since) + clock.zone();
    case Cause::short_run:
      return "Took " + humanized(*duration_of(*due.run)) + ", expected at least " +
             humanized(*context.service.timing.min_runtime);
    case Cause::unheard:
    case Cause::none:
      break;
  }
  return unheard(context);
}

}  // namespace hb
