#include "documents/notified.hpp"

#include <algorithm>

#include "text/cursor.hpp"
#include "text/json.hpp"
#include "text/json_writer.hpp"

namespace hb {
namespace {

std::optional<Time> plausible(int64_t ms, Time now) {
  const Time time = from_ms(ms);
  if (ms <= 0 || !is_plausible(time, now)) return std::nullopt;
  return time;
}

// Only what people can be notified of: problems, and that there is none.
Status notifiable_status(std::string_view name) {
  const Status status = status_named(name).value_or(Status::up);
  return is_problem(status) ? status : Status::up;
}

void read_channels(Cursor& cursor, Notified& out) {
  each_member(cursor, [&](std::string_view name) {
    const Status status = notifiable_status(cursor.string_or_skip());
    if (status != Status::up) out.channels[unescaped(name)] = status;
  });
}

void read_unreported_outages(Cursor& cursor, Time now, Notified& out) {
  each_element(cursor, [&] {
    const UnreportedOutage outage = read_outage(cursor);
    const bool is_sound = plausible(to_ms(outage.from), now) && plausible(to_ms(outage.to), now);
    if (!cursor.bad() && is_sound && outage.status != Status::up) add_unreported_outage(out, outage);
  });
}

void read_member(Cursor& cursor, std::string_view name, Time now, Notified& out) {
  if (name == "status") return void(out.status = notifiable_status(cursor.string_or_skip()));
  if (name == "at") return void(out.at = plausible(cursor.integer_or_skip(), now));
  if (name == "worst") return void(out.worst_before = notifiable_status(cursor.string_or_skip()));
  if (name == "since") return void(out.since = plausible(cursor.integer_or_skip(), now).value_or(now));
  if (name == "key") return void(out.key = unescaped(cursor.string_or_skip()));
  if (name == "badSince") return void(out.bad_since = plausible(cursor.integer_or_skip(), now));
  if (name == "goodAt") return void(out.good_at = plausible(cursor.integer_or_skip(), now));
  if (name == "good")
    return void(out.good_heartbeats =
                    static_cast<int>(std::clamp<int64_t>(cursor.integer_or_skip(), 0, 1'440)));
  if (name == "channels" && cursor.peek('{')) return read_channels(cursor, out);
  if (name == "flips" && cursor.peek('[')) return read_unreported_outages(cursor, now, out);
  if (name == "unheard") return void(out.has_never_seen_notice = cursor.value() == "true");
  if (name == "more") {
    return void(out.more = static_cast<int>(std::clamp<int64_t>(cursor.integer_or_skip(), 0, 1'000'000)));
  }
  cursor.value();
}

void print_channels(JsonWriter& json, const Notified& notified) {
  if (notified.channels.empty()) return;
  json.key("channels").begin_object();
  for (const auto& [name, status] : notified.channels) json.member(name, status_name(status));
  json.end_object();
}

void print_unreported_outages(JsonWriter& json, const Notified& notified) {
  if (notified.unreported_outages.empty()) return;
  print_outages(json.key("flips"), notified.unreported_outages);
}

}  // namespace

Notified read_notified(std::string_view text, Time now) {
  Notified out;
  if (text.empty()) return out;
  Cursor cursor(text);
  each_member(cursor, [&](std::string_view name) { read_member(cursor, name, now, out); });
  // A problem that no channel was notified of is not known.
  if (cursor.bad()) return {};
  if (out.channels.empty()) out.status = Status::up;
  return out;
}

std::string write_notified(const Notified& notified) {
  if (notified.empty()) return {};
  JsonWriter json;
  json.begin_object();
  if (notified.at) json.member("at", to_ms(*notified.at));
  if (notified.bad_since) json.member("badSince", to_ms(*notified.bad_since));
  print_channels(json, notified);
  print_unreported_outages(json, notified);
  if (notified.good_heartbeats != 0) json.member("good", notified.good_heartbeats);
  if (notified.good_at) json.member("goodAt", to_ms(*notified.good_at));
  if (!notified.key.empty()) json.member("key", notified.key);
  if (notified.more > 0) json.member("more", notified.more);
  if (notified.since != Time{}) json.member("since", to_ms(notified.since));
  if (notified.status != Status::up) json.member("status", status_name(notified.status));
  if (notified.has_never_seen_notice) json.member("unheard", true);
  if (notified.worst_before != Status::up) json.member("worst", status_name(notified.worst_before));
  return json.end_object().take();
}

void add_unreported_outage(Notified& notified, const UnreportedOutage& outage) {
  notified.unreported_outages.push_back(outage);
  if (notified.unreported_outages.size() <= kMaxUnreportedOutages) return;
  notified.worst_before = std::max(notified.worst_before, notified.unreported_outages.front().status);
  notified.unreported_outages.erase(notified.unreported_outages.begin());
  ++notified.more;
}

Status worst_unreported(const Notified& notified) {
  Status worst = notified.worst_before;
  for (const UnreportedOutage& outage : notified.unreported_outages) worst = std::max(worst, outage.status);
  return worst;
}

}  // namespace hb
