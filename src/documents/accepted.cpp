#include "documents/accepted.hpp"

#include <algorithm>
#include <unordered_map>

#include "config/finder.hpp"
#include "documents/row_version.hpp"
#include "text/cursor.hpp"
#include "text/json.hpp"
#include "text/json_writer.hpp"
#include "text/utf8.hpp"

namespace hb {
namespace {

// The members in which `heartbeat` differs from `other`.
void print_differences(JsonWriter& json, const Heartbeat& heartbeat, const Heartbeat& other) {
  if (heartbeat.status != other.status) json.member("status", status_name(heartbeat.status));
  if (heartbeat.message != other.message) json.member("message", heartbeat.message);
  if (heartbeat.metadata != other.metadata)
    json.key("metadata").raw(heartbeat.metadata.empty() ? "{}" : heartbeat.metadata);
  if (heartbeat.duration_ms != other.duration_ms) json.member("durationMs", heartbeat.duration_ms);
}

bool says_the_same(const Heartbeat& one, const Heartbeat& other) {
  return one.status == other.status && one.message == other.message && one.metadata == other.metadata &&
         one.duration_ms == other.duration_ms;
}

void print_beat(JsonWriter& json, const Admitted& admitted, const Heartbeat& for_all) {
  if (says_the_same(*admitted.heartbeat, for_all)) return void(json.value(admitted.service_id));
  json.begin_object().member("id", admitted.service_id);
  print_differences(json, *admitted.heartbeat, for_all);
  json.end_object();
}

void read_said(Cursor& cursor, AcceptedBeat& beat) {
  each_member(cursor, [&](std::string_view key) {
    if (key == "id") return void(beat.id = cursor.string_or_skip());
    if (key == "status")
      return void(beat.said.status = status_named(cursor.string_or_skip()).value_or(Status::up));
    if (key == "message") return void(beat.said.message = cursor.string_or_skip());
    if (key == "metadata") return void(beat.said.metadata = cursor.value());
    if (key == "durationMs") {
      const std::string_view duration = cursor.value();
      return void(beat.said.duration = duration == "null" ? std::string_view() : duration);
    }
    cursor.value();
  });
}

void read_beats(Cursor& cursor, const Said& for_all, std::vector<AcceptedBeat>& beats) {
  each_element(cursor, [&] {
    AcceptedBeat beat{{}, for_all};
    if (cursor.peek('{')) {
      read_said(cursor, beat);
    } else {
      beat.id = cursor.string_or_skip();
    }
    if (!cursor.bad() && !beat.id.empty()) beats.push_back(beat);
  });
}

Heard heard_of(const Said& said, Time at) {
  if (said.status == Status::up) return {.seen = at};
  const std::string message = unescaped(said.message);
  return {.seen = at,
          .report = Report{said.status, at, std::string(first_bytes(message, kMaxReportMessage))}};
}

}  // namespace

std::string print_accepted(const Event& event, const Tally& refused, const Heartbeat& for_all,
                           std::span<const Admitted> admitted) {
  std::unordered_map<std::string_view, const Admitted*> last;
  for (const Admitted& one : admitted) last[one.service_id] = &one;
  JsonWriter json;
  json.begin_object();
  if (!refused.empty()) print_tally(json.key("refused"), refused);
  json.member("at", to_ms(event.now)).member("colo", event.request().colo);
  json.member("country", event.request().country).key("all").begin_object();
  print_differences(json, for_all, {});
  json.end_object().key("beats").begin_array();
  for (const Admitted& one : admitted) {
    if (last[one.service_id] == &one) print_beat(json, one, for_all);
  }
  return json.end_array().end_object().take();
}

Numbered numbered(int64_t sequence, Time now, std::string_view accepted) {
  Numbered numbered;
  Cursor cursor(accepted);
  cursor.expect('{');
  std::string_view key = cursor.string();
  cursor.expect(':');
  if (key == "refused") {
    numbered.refused = cursor.value();
    cursor.expect(',');
    key = cursor.string();
    cursor.expect(':');
  }
  const Time at = from_ms(cursor.integer());
  if (cursor.bad() || key != "at") return {};
  const std::string_view rest = accepted.substr(static_cast<size_t>(cursor.position() - accepted.data()));
  numbered.row =
      "{\"seq\":" + std::to_string(sequence) + ",\"at\":" + std::to_string(to_ms(std::min(at, now)));
  numbered.row += rest;
  return numbered;
}

std::optional<Accepted> read_accepted(std::string_view row) {
  Accepted accepted;
  AcceptedBeat for_all;
  int64_t version = kRowVersion;
  Cursor cursor(row);
  each_member(cursor, [&](std::string_view key) {
    if (key == "seq") return void(accepted.sequence = cursor.integer_or_skip());
    if (key == "version") return void(version = cursor.integer_or_skip());
    if (key == "at") return void(accepted.at = from_ms(cursor.integer_or_skip()));
    if (key == "colo") return void(accepted.colo = cursor.string_or_skip());
    if (key == "country") return void(accepted.country = cursor.string_or_skip());
    if (key == "all" && cursor.peek('{')) return read_said(cursor, for_all);
    if (key == "beats" && cursor.peek('[')) return read_beats(cursor, for_all.said, accepted.beats);
    cursor.value();
  });
  if (cursor.bad() || accepted.at == Time{} || version > kRowVersion) return std::nullopt;
  return accepted;
}

int64_t sequence_of(std::string_view row) {
  static constexpr std::string_view kStart = "{\"seq\":";
  if (!row.starts_with(kStart)) return 0;
  Cursor cursor(row.substr(kStart.size()));
  const int64_t sequence = cursor.integer();
  return cursor.bad() ? 0 : sequence;
}

std::string latest_of(std::span<const Accepted> accepted) {
  std::vector<Beat> beats;
  for (const Accepted& one : accepted) {
    for (const AcceptedBeat& beat : one.beats) {
      const bool is_up = beat.said.status == Status::up;
      beats.push_back(
          {beat.id, one.at, beat.said.status, is_up ? std::string() : unescaped(beat.said.message)});
    }
  }
  return latest_of(beats);
}

void join(const Config& config, std::span<const Accepted> accepted, std::vector<Heard>& heard) {
  ServiceFinder finder(config);
  for (const Accepted& one : accepted) {
    for (const AcceptedBeat& beat : one.beats) {
      const auto service = finder.find(beat.id);
      if (service) join(heard[*service], heard_of(beat.said, one.at));
    }
  }
}

}  // namespace hb
