#include "documents/notified.hpp"

#include <algorithm>

#include "text/cursor.hpp"
#include "text/json.hpp"
#include "text/json_writer.hpp"

namespace hb {
namespace {

std::optional<Time> believable(int64_t ms, Time now) {
  const Time time = from_ms(ms);
  if (ms <= 0 || !is_believable(time, now)) return std::nullopt;
  return time;
}

// Only what can be told: troubles, and that there is none.
Status told_status(std::string_view name) {
  const Status status = status_named(name).value_or(Status::up);
  return is_trouble(status) ? status : Status::up;
}

Flip read_flip(Cursor& cursor) {
  Flip flip;
  cursor.expect('[');
  flip.status = told_status(cursor.string());
  cursor.expect(',');
  flip.from = from_ms(cursor.integer());
  cursor.expect(',');
  flip.to = from_ms(cursor.integer());
  cursor.expect(']');
  return flip;
}

void read_channels(Cursor& cursor, Notified& out) {
  each_member(cursor, [&](std::string_view name) {
    const Status status = told_status(cursor.string_or_skip());
    if (status != Status::up) out.channels[unescaped(name)] = status;
  });
}

void read_flips(Cursor& cursor, Time now, Notified& out) {
  each_element(cursor, [&] {
    const Flip flip = read_flip(cursor);
    const bool is_sound = believable(to_ms(flip.from), now) && believable(to_ms(flip.to), now);
    if (!cursor.bad() && is_sound && flip.status != Status::up) add_flip(out, flip);
  });
}

void read_member(Cursor& cursor, std::string_view name, Time now, Notified& out) {
  if (name == "status") return void(out.status = told_status(cursor.string_or_skip()));
  if (name == "at") return void(out.at = believable(cursor.integer_or_skip(), now));
  if (name == "worst") return void(out.worst_before = told_status(cursor.string_or_skip()));
  if (name == "since") return void(out.since = believable(cursor.integer_or_skip(), now).value_or(now));
  if (name == "key") return void(out.key = unescaped(cursor.string_or_skip()));
  if (name == "badSince") return void(out.bad_since = believable(cursor.integer_or_skip(), now));
  if (name == "channels" && cursor.peek('{')) return read_channels(cursor, out);
  if (name == "flips" && cursor.peek('[')) return read_flips(cursor, now, out);
  if (name == "unheard") return void(out.is_known_as_unheard = cursor.value() == "true");
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

void print_flips(JsonWriter& json, const Notified& notified) {
  if (notified.flips.empty()) return;
  json.key("flips").begin_array();
  for (const Flip& flip : notified.flips) {
    json.begin_array().value(status_name(flip.status)).value(to_ms(flip.from)).value(to_ms(flip.to));
    json.end_array();
  }
  json.end_array();
}

}  // namespace

Notified read_notified(std::string_view text, Time now) {
  Notified out;
  if (text.empty()) return out;
  Cursor cursor(text);
  each_member(cursor, [&](std::string_view name) { read_member(cursor, name, now, out); });
  // A trouble that nobody was told of is not known.
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
  print_flips(json, notified);
  if (!notified.key.empty()) json.member("key", notified.key);
  if (notified.more > 0) json.member("more", notified.more);
  if (notified.since != Time{}) json.member("since", to_ms(notified.since));
  if (notified.status != Status::up) json.member("status", status_name(notified.status));
  if (notified.is_known_as_unheard) json.member("unheard", true);
  if (notified.worst_before != Status::up) json.member("worst", status_name(notified.worst_before));
  return json.end_object().take();
}

void add_flip(Notified& notified, const Flip& flip) {
  notified.flips.push_back(flip);
  if (notified.flips.size() <= kMaxFlips) return;
  notified.worst_before = std::max(notified.worst_before, notified.flips.front().status);
  notified.flips.erase(notified.flips.begin());
  ++notified.more;
}

Status worst_flip(const Notified& notified) {
  Status worst = notified.worst_before;
  for (const Flip& flip : notified.flips) worst = std::max(worst, flip.status);
  return worst;
}

}  // namespace hb
