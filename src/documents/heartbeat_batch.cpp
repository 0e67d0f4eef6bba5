#include "documents/heartbeat_batch.hpp"

#include <algorithm>

#include "config/finder.hpp"
#include "documents/row_version.hpp"
#include "text/cursor.hpp"
#include "text/id_table.hpp"
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

void print_beat(JsonWriter& json, const AuthorizedHeartbeat& authorized, const Heartbeat& for_all) {
  if (says_the_same(*authorized.heartbeat, for_all)) return void(json.value(authorized.service_id));
  json.begin_object().member("id", authorized.service_id);
  print_differences(json, *authorized.heartbeat, for_all);
  json.end_object();
}

// Of each, whether a later one is of the same service.
std::vector<bool> superseded(std::span<const AuthorizedHeartbeat> authorized) {
  std::vector<bool> out(authorized.size());
  if (authorized.size() < 2) return out;
  IdTable later(authorized.size());
  for (size_t i = authorized.size(); i-- > 0;) {
    const size_t count = later.size();
    out[i] = later.add(authorized[i].service_id) < count;
  }
  return out;
}

void read_fields(Cursor& cursor, BatchedHeartbeat& beat) {
  each_member(cursor, [&](std::string_view key) {
    if (key == "id") return void(beat.id = cursor.string_or_skip());
    if (key == "status")
      return void(beat.fields.status = status_named(cursor.string_or_skip()).value_or(Status::up));
    if (key == "message") return void(beat.fields.message = cursor.string_or_skip());
    if (key == "metadata") return void(beat.fields.metadata = cursor.value());
    if (key == "durationMs") {
      const std::string_view duration = cursor.value();
      return void(beat.fields.duration = duration == "null" ? std::string_view() : duration);
    }
    cursor.value();
  });
}

void read_beats(Cursor& cursor, const HeartbeatFields& for_all, std::vector<BatchedHeartbeat>& beats) {
  each_element(cursor, [&] {
    BatchedHeartbeat beat{{}, for_all};
    if (cursor.peek('{')) {
      read_fields(cursor, beat);
    } else {
      beat.id = cursor.string_or_skip();
    }
    if (!cursor.bad() && !beat.id.empty()) beats.push_back(beat);
  });
}

LastHeartbeat last_heartbeat_of(const HeartbeatFields& fields, Time at) {
  if (fields.status == Status::up) return {.last_seen = at};
  const std::string message = unescaped(fields.message);
  return {.last_seen = at,
          .report = Report{fields.status, at, std::string(first_bytes(message, kMaxReportMessage))}};
}

}  // namespace

std::string print_heartbeat_batch(const Event& event, const Tally& refused, const Heartbeat& for_all,
                                  std::span<const AuthorizedHeartbeat> authorized) {
  const std::vector<bool> is_superseded = superseded(authorized);
  JsonWriter json;
  json.begin_object();
  if (!refused.empty()) print_tally(json.key("refused"), refused);
  json.member("at", to_ms(event.now)).member("colo", event.request().colo);
  json.member("country", event.request().country).key("all").begin_object();
  print_differences(json, for_all, {});
  json.end_object().key("beats").begin_array();
  for (size_t i = 0; i < authorized.size(); ++i) {
    if (!is_superseded[i]) print_beat(json, authorized[i], for_all);
  }
  return json.end_array().end_object().take();
}

SequencedBatch sequenced(int64_t sequence, Time now, std::string_view batch) {
  SequencedBatch sequenced;
  Cursor cursor(batch);
  cursor.expect('{');
  std::string_view key = cursor.string();
  cursor.expect(':');
  if (key == "refused") {
    sequenced.refused = cursor.value();
    cursor.expect(',');
    key = cursor.string();
    cursor.expect(':');
  }
  const Time at = from_ms(cursor.integer());
  if (cursor.bad() || key != "at") return {};
  const std::string_view rest = batch.substr(static_cast<size_t>(cursor.position() - batch.data()));
  sequenced.row =
      "{\"seq\":" + std::to_string(sequence) + ",\"at\":" + std::to_string(to_ms(std::min(at, now)));
  sequenced.row += rest;
  return sequenced;
}

std::optional<HeartbeatBatch> read_heartbeat_batch(std::string_view row) {
  HeartbeatBatch batch;
  BatchedHeartbeat for_all;
  int64_t version = kRowVersion;
  Cursor cursor(row);
  each_member(cursor, [&](std::string_view key) {
    if (key == "seq") return void(batch.sequence = cursor.integer_or_skip());
    if (key == "version") return void(version = cursor.integer_or_skip());
    if (key == "at") return void(batch.at = from_ms(cursor.integer_or_skip()));
    if (key == "colo") return void(batch.colo = cursor.string_or_skip());
    if (key == "country") return void(batch.country = cursor.string_or_skip());
    if (key == "all" && cursor.peek('{')) return read_fields(cursor, for_all);
    if (key == "beats" && cursor.peek('[')) return read_beats(cursor, for_all.fields, batch.beats);
    cursor.value();
  });
  if (cursor.bad() || batch.at == Time{} || version > kRowVersion) return std::nullopt;
  return batch;
}

int64_t sequence_of(std::string_view row) {
  static constexpr std::string_view kStart = "{\"seq\":";
  if (!row.starts_with(kStart)) return 0;
  Cursor cursor(row.substr(kStart.size()));
  const int64_t sequence = cursor.integer();
  return cursor.bad() ? 0 : sequence;
}

std::string latest_of(std::span<const HeartbeatBatch> batches) {
  std::vector<Beat> beats;
  for (const HeartbeatBatch& one : batches) {
    for (const BatchedHeartbeat& beat : one.beats) {
      const bool is_up = beat.fields.status == Status::up;
      beats.push_back(
          {beat.id, one.at, beat.fields.status, is_up ? std::string() : unescaped(beat.fields.message)});
    }
  }
  return latest_of(beats);
}

void join(const Config& config, std::span<const HeartbeatBatch> batches,
          std::vector<LastHeartbeat>& last_heartbeats) {
  ServiceFinder finder(config);
  for (const HeartbeatBatch& one : batches) {
    for (const BatchedHeartbeat& beat : one.beats) {
      const auto service = finder.find(beat.id);
      if (!service) continue;
      join(last_heartbeats[*service], last_heartbeat_of(beat.fields, one.at));
      note_end(last_heartbeats[*service], one.at);
    }
  }
}

}  // namespace hb
