#include "notify/announcement_texts.hpp"

#include <algorithm>
#include <utility>

#include "check/change_alerts.hpp"
#include "text/ascii.hpp"
#include "text/json.hpp"

namespace hb {
namespace {

std::string word(Status status) {
  return std::string(status_name(status));
}

// "06:00:12", and with its day when that is not the day of the message.
std::string moment_text(Time time, const Moment& moment) {
  const Time local = time + moment.utc_offset;
  const bool is_today = day_of(local) == day_of(moment.scheduled + moment.utc_offset);
  return (is_today ? "" : iso_day(day_of(local)) + " ") + clock_time(local);
}

// The same without seconds, where there are none.
std::string minute_text(Time time, const Moment& moment) {
  const std::string text = moment_text(time, moment);
  return time.time_since_epoch() % 60s == Millis{0} ? text.substr(0, text.size() - 3) : text;
}

Message message_of(const Config& config, const Service& service, MessageKind kind, const Moment& moment) {
  Message message{.kind = kind, .timestamp = moment.scheduled};
  message.service_id = service.id;
  message.service_name = service.name;
  if (service.group && *service.group < config.groups.size()) {
    message.group_name = config.groups[*service.group].name;
  }
  return message;
}

Message message_of(const Scene& scene, MessageKind kind) {
  Message message = message_of(scene.config, scene.service, kind, scene.moment);
  message.status = word(scene.row.status);
  message.previous = word(scene.previous);
  message.since = scene.row.since;
  message.last_seen = scene.row.seen;
  message.dedup_key = scene.notified.key;
  return message;
}

const Report* present_report(const Scene& scene) {
  const auto& report = scene.heard.report;
  const bool is_present = report && scene.row.seen && report->at >= *scene.row.seen;
  return is_present && report->status == scene.row.status ? &*report : nullptr;
}

// What a heartbeat said goes into messages only where that is wanted.
std::string quoted(const Scene& scene, const Report& report) {
  const bool is_wanted = scene.config.notifications.include_metadata && !report.message.empty();
  return is_wanted ? ": " + report.message : std::string();
}

// Also what heartbeats are said to be sent from.
std::string host_in(const std::string& metadata) {
  const std::optional<Json> json = parse_json(metadata);
  return json ? string_member(*json, "hostname").value_or("") : "";
}

// " from server-1, entered at ams"
std::string origin(const Scene& scene, const std::optional<LastBeat>& last) {
  if (!last) return {};
  const std::string host = scene.config.notifications.include_metadata ? host_in(last->metadata) : "";
  std::string out = host.empty() ? "" : " from " + host;
  if (!last->colo.empty()) out += ", entered at " + lower(last->colo);
  return out;
}

std::optional<LastBeat> last_beat(const Scene& scene) {
  if (!scene.last_beats || !scene.row.seen) return std::nullopt;
  return scene.last_beats(scene.service, *scene.row.seen);
}

std::string reason(const Scene& scene, const std::optional<LastBeat>& last) {
  const Moment& moment = scene.moment;
  if (const Report* report = present_report(scene)) {
    return "It reported " + word(report->status) + quoted(scene, *report);
  }
  if (scene.row.status != Status::down || !scene.row.seen) return "It is " + word(scene.row.status);
  const Time seen = *scene.row.seen;
  return "No heartbeat for " + spoken(silent_for(seen, {}, moment.now)) + ", limit " +
         spoken(scene.service.staleness_threshold) + "; last one at " + moment_text(seen, moment) +
         origin(scene, last);
}

// What the last heartbeat said.
void quote(const Scene& scene, const std::optional<LastBeat>& last, Message& message) {
  if (last) {
    message.heartbeat_message = last->message;
    message.metadata = last->metadata;
  } else if (const Report* report = present_report(scene)) {
    message.heartbeat_message = report->message;
  }
}

void explain(const Scene& scene, Message& message) {
  const std::optional<LastBeat> last = last_beat(scene);
  message.text = reason(scene, last);
  quote(scene, last, message);
}

void say_flips(const Scene& scene, Message& message) {
  const std::string flips = flips_text(scene.notified, scene.moment);
  if (!flips.empty()) message.text += ". Before that it was " + flips;
}

std::string flip_text(const Flip& flip, const Moment& moment) {
  return word(flip.status) + " " + minute_text(flip.from, moment) + "–" + minute_text(flip.to, moment);
}

// "down", or "degraded or down" when it was both.
std::string trouble_word(const Scene& scene) {
  const bool is_mixed = is_trouble(scene.previous) && scene.previous_since > scene.notified.since;
  return is_mixed ? "degraded or down" : word(scene.notified.status);
}

// The report of a failure that was over before a check saw it.
std::string passing_reason(const Scene& scene) {
  const auto& flips = scene.notified.flips;
  const auto& report = scene.heard.report;
  const bool is_it = report && flips.size() == 1 && flips.back().from == report->at;
  return is_it ? quoted(scene, *report) : std::string();
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

std::string flips_text(const Notified& notified, const Moment& moment) {
  std::string out;
  for (const Flip& flip : notified.flips) {
    if (!out.empty()) out += ", ";
    out += flip_text(flip, moment);
  }
  if (notified.more > 0) out += " and " + std::to_string(notified.more) + " more before";
  return out;
}

Message trouble_message(const Scene& scene) {
  const bool is_down = scene.row.status == Status::down;
  Message message = message_of(scene, is_down ? MessageKind::down : MessageKind::degraded);
  explain(scene, message);
  say_flips(scene, message);
  return message;
}

Message recovery_message(const Scene& scene) {
  Message message = message_of(scene, MessageKind::up);
  message.duration = std::max(scene.row.since - scene.notified.since, Millis{0});
  message.text = "It was " + trouble_word(scene) + " for " + spoken(*message.duration) + ", since " +
                 minute_text(scene.notified.since, scene.moment);
  const std::string flips = flips_text(scene.notified, scene.moment);
  if (!flips.empty()) message.text += "; in between " + flips;
  quote(scene, last_beat(scene), message);
  return message;
}

Message flips_message(const Scene& scene) {
  const Notified& notified = scene.notified;
  Message message =
      is_trouble(scene.row.status) ? trouble_message(scene) : message_of(scene, MessageKind::up);
  message.title = scene.service.name + " was " + word(worst_flip(notified));
  message.previous = word(worst_flip(notified));
  message.text = "It was " + flips_text(notified, scene.moment) + passing_reason(scene);
  if (is_trouble(scene.row.status)) message.text += ". " + reason(scene, last_beat(scene));
  if (notified.flips.size() == 1 && notified.more == 0) {
    message.duration = notified.flips.front().to - notified.flips.front().from;
  }
  if (message.dedup_key.empty()) {
    message.dedup_key = scene.service.id + ":" + std::to_string(to_ms(notified.flips.front().from));
  }
  return message;
}

Message reminder_message(const Scene& scene) {
  Message message = message_of(scene, MessageKind::reminder);
  message.title = scene.service.name + " is still " + word(scene.row.status);
  message.duration = scene.moment.scheduled - scene.notified.since;
  explain(scene, message);
  return message;
}

Message unheard_message(const Scene& scene) {
  Message message = message_of(scene, MessageKind::notice);
  message.title = scene.service.name + " was never heard";
  message.severity = "info";
  message.previous.clear();
  message.text =
      "No heartbeat has come since it is watched, for " + spoken(scene.moment.scheduled - scene.row.since);
  message.dedup_key = scene.service.id + ":" + std::to_string(to_ms(scene.row.since)) + ":unheard";
  return message;
}

Message closing_message(const Config& config, const Service& service, const Notified& notified,
                        const Moment& moment, std::string_view reason) {
  Message message = message_of(config, service, MessageKind::closing, moment);
  message.title = "No more about " + service.name;
  message.status = word(Status::unknown);
  message.previous = word(notified.status);
  message.duration = std::max(moment.scheduled - notified.since, Millis{0});
  message.dedup_key = notified.key;
  message.text = std::string(reason) + "; it was " + word(notified.status) + " for " +
                 spoken(*message.duration) + ", since " + minute_text(notified.since, moment);
  return message;
}

Message silence_message(const Span& silence, int services, std::string key, Time now) {
  return notice_of(silence_alert(silence, services, now), std::move(key), now);
}

Message silence_end_message(const Span& silence, std::string key, Time now) {
  return notice_of(silence_end_alert(silence), std::move(key), now);
}

Message silence_closing_message(std::string key, Time now) {
  Message message = silence_end_message({}, std::move(key), now);
  message.title = "No more about the silence of everybody";
  message.text = "Notifications are switched off";
  return message;
}

}  // namespace hb
