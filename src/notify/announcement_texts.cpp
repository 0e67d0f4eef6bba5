#include "notify/announcement_texts.hpp"

#include <algorithm>
#include <utility>

#include "check/change_alerts.hpp"
#include "message/clock_words.hpp"
#include "text/ascii.hpp"
#include "text/json.hpp"

namespace hb {
namespace {

std::string word(Status status) {
  return std::string(status_name(status));
}

ClockWords clock_of(const CheckContext& check_context) {
  return {check_context.utc_offset, check_context.scheduled};
}

std::string since_text(Time since, const CheckContext& check_context) {
  return clock_of(check_context).minute(since);
}

Message message_of(const Config& config, const Service& service, MessageKind kind,
                   const CheckContext& check_context) {
  Message message{.kind = kind, .timestamp = check_context.scheduled};
  message.service_id = service.id;
  message.service_name = service.name;
  if (service.group && *service.group < config.groups.size()) {
    message.group_name = config.groups[*service.group].name;
  }
  return message;
}

Message message_of(const NotificationContext& context, MessageKind kind) {
  Message message = message_of(context.config, context.service, kind, context.check_context);
  message.status = word(context.row.status);
  message.previous = word(context.previous);
  message.also_down = context.group_troubles.others_of(context.service);
  message.since = context.row.since;
  message.last_seen = context.row.last_seen;
  message.dedup_key = context.notified.key;
  return message;
}

const Report* present_report(const NotificationContext& context) {
  const auto& report = context.last_heartbeat.report;
  const bool is_present = report && context.row.last_seen && report->at >= *context.row.last_seen;
  return is_present && report->status == context.row.status ? &*report : nullptr;
}

// A heartbeat's own text goes into messages only where that is wanted.
std::string quoted(const NotificationContext& context, const Report& report) {
  const bool is_wanted = context.config.notifications.include_metadata && !report.message.empty();
  return is_wanted ? ": " + report.message : std::string();
}

// The host that a heartbeat claims to be sent from.
std::string host_in(const std::string& metadata) {
  const std::optional<Json> json = parse_json(metadata);
  return json ? string_member(*json, "hostname").value_or("") : "";
}

// " from server-1, entered at ams"
std::string origin(const NotificationContext& context, const std::optional<LoggedHeartbeat>& last) {
  if (!last) return {};
  const std::string host = context.config.notifications.include_metadata ? host_in(last->metadata) : "";
  std::string out = host.empty() ? "" : " from " + host;
  if (!last->colo.empty()) out += ", entered at " + lower(last->colo);
  return out;
}

std::optional<LoggedHeartbeat> logged_heartbeat(const NotificationContext& context) {
  if (!context.heartbeat_lookup || !context.row.last_seen) return std::nullopt;
  return context.heartbeat_lookup(context.service, *context.row.last_seen);
}

std::string reason(const NotificationContext& context, const std::optional<LoggedHeartbeat>& last) {
  const CheckContext& check_context = context.check_context;
  const bool is_by_report = context.row.cause == Cause::none;
  if (const Report* report = is_by_report ? present_report(context) : nullptr) {
    return "It reported " + word(report->status) + quoted(context, *report);
  }
  if (context.row.cause != Cause::none && is_problem(context.row.status)) return context.row.message;
  if (context.row.status != Status::down || !context.row.last_seen)
    return "It is " + word(context.row.status);
  const Time last_seen = *context.row.last_seen;
  return "No heartbeat for " + humanized(heartbeat_age(last_seen, {}, check_context.now)) + ", limit " +
         humanized(context.service.staleness_threshold) + "; last one at " +
         clock_of(check_context).second(last_seen) + origin(context, last);
}

// The fields of the last heartbeat.
void quote(const NotificationContext& context, const std::optional<LoggedHeartbeat>& last, Message& message) {
  if (last) {
    message.heartbeat_message = last->message;
    message.metadata = last->metadata;
  } else if (const Report* report = present_report(context)) {
    message.heartbeat_message = report->message;
  }
}

void explain(const NotificationContext& context, Message& message) {
  const std::optional<LoggedHeartbeat> last = logged_heartbeat(context);
  message.text = reason(context, last);
  quote(context, last, message);
}

// What is pending is told with it.
void add_unreported_outages(const NotificationContext& context, Message& message) {
  message.outages = context.notified.unreported_outages;
  message.more_outages = context.notified.more;
}

// "down", or "degraded or down" when it was both.
std::string problem_word(const NotificationContext& context) {
  const bool is_mixed = is_problem(context.previous) && context.previous_since > context.notified.since;
  return is_mixed ? "degraded or down" : word(context.notified.status);
}

// The report of a failure that was over before a check saw it.
std::string passing_reason(const NotificationContext& context) {
  const auto& unreported_outages = context.notified.unreported_outages;
  const auto& report = context.last_heartbeat.report;
  const bool is_it = report && unreported_outages.size() == 1 && unreported_outages.back().from == report->at;
  return is_it && context.config.notifications.include_metadata ? report->message : std::string();
}

Message notice_of(const Alert& alert, std::string key, Time now) {
  return {.kind = MessageKind::notice,
          .title = alert.title,
          .text = alert.message,
          .severity = alert.severity,
          .status = alert.status,
          .timestamp = now,
          .dedup_key = std::move(key)};
}

}  // namespace

Message problem_message(const NotificationContext& context) {
  const bool is_down = context.row.status == Status::down;
  Message message = message_of(context, is_down ? MessageKind::down : MessageKind::degraded);
  explain(context, message);
  add_unreported_outages(context, message);
  return message;
}

Message recovery_message(const NotificationContext& context) {
  Message message = message_of(context, MessageKind::up);
  message.duration = std::max(context.row.since - context.notified.since, Millis{0});
  message.text = "It was " + problem_word(context) + " for " + humanized(*message.duration) + ", since " +
                 since_text(context.notified.since, context.check_context);
  add_unreported_outages(context, message);
  quote(context, logged_heartbeat(context), message);
  return message;
}

Message unreported_outages_message(const NotificationContext& context) {
  const Notified& notified = context.notified;
  Message message =
      is_problem(context.row.status) ? problem_message(context) : message_of(context, MessageKind::up);
  message.previous = word(worst_unreported(notified));
  if (is_problem(context.row.status)) return message;
  message.text = passing_reason(context);
  add_unreported_outages(context, message);
  if (message.dedup_key.empty()) {
    message.dedup_key =
        context.service.id + ":" + std::to_string(to_ms(notified.unreported_outages.front().from));
  }
  return message;
}

Message reminder_message(const NotificationContext& context) {
  Message message = message_of(context, MessageKind::reminder);
  message.title = context.service.name + " is still " + word(context.row.status);
  message.duration = context.check_context.scheduled - context.notified.since;
  explain(context, message);
  return message;
}

Message never_seen_message(const NotificationContext& context) {
  Message message = message_of(context, MessageKind::notice);
  message.title = context.service.name + " was never heard";
  message.severity = "info";
  message.previous.clear();
  message.text = "No heartbeat has come since it is watched, for " +
                 humanized(context.check_context.scheduled - context.row.since);
  message.dedup_key = context.service.id + ":" + std::to_string(to_ms(context.row.since)) + ":unheard";
  return message;
}

Message removal_message(const Config& config, const Service& service, const Notified& notified,
                        const CheckContext& check_context, std::string_view reason) {
  Message message = message_of(config, service, MessageKind::resolved_by_removal, check_context);
  message.title = "No more about " + service.name;
  message.status = word(Status::unknown);
  message.previous = word(notified.status);
  message.duration = std::max(check_context.scheduled - notified.since, Millis{0});
  message.dedup_key = notified.key;
  message.text = std::string(reason) + "; it was " + word(notified.status) + " for " +
                 humanized(*message.duration) + ", since " + since_text(notified.since, check_context);
  return message;
}

Message blackout_message(const Span& blackout, int services, std::string key, Time now) {
  return notice_of(blackout_alert(blackout, services, now), std::move(key), now);
}

Message blackout_end_message(const Span& blackout, std::string key, Time now) {
  return notice_of(blackout_end_alert(blackout), std::move(key), now);
}

Message blackout_removal_message(std::string key, Time now) {
  Message message = blackout_end_message({}, std::move(key), now);
  message.title = "No more about the silence of everybody";
  message.text = "Notifications are switched off";
  return message;
}

}  // namespace hb
