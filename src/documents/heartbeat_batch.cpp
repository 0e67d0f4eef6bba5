#include "documents/heartbeat_batch.hpp"

#include <algorithm>
#include <charconv>
#include <list>

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
  if (heartbeat.signal != other.signal) json.member("signal", signal_name(heartbeat.signal));
  if (heartbeat.run_id != other.run_id) json.member("runId", heartbeat.run_id);
  if (heartbeat.exit_code != other.exit_code) json.member("exitCode", heartbeat.exit_code);
}

bool says_the_same(const Heartbeat& one, const Heartbeat& other) {
  return one.status == other.status && one.message == other.message && one.metadata == other.metadata &&
         one.duration_ms == other.duration_ms && one.signal == other.signal && one.run_id == other.run_id &&
         one.exit_code == other.exit_code;
}

// One that begins or ends a run is told besides others.
bool tells_of_run(const Heartbeat& heartbeat) {
  return heartbeat.signal != Signal::end || !heartbeat.run_id.empty();
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
    if (tells_of_run(*authorized[i].heartbeat)) continue;
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
    if (key == "signal")
      return void(beat.fields.signal = signal_named(cursor.string_or_skip()).value_or(Signal::end));
    if (key == "runId") return void(beat.fields.run_id = cursor.string_or_skip());
    if (key == "exitCode") {
      const std::string_view code = cursor.value();
      return void(beat.fields.exit_code = code == "null" ? std::string_view() : code);
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

namespace {

// A duration counts only where there is a least one.
RunSignal run_signal_of(const Service* service, const HeartbeatFields& fields, std::string_view run_id) {
  RunSignal run{.signal = fields.signal, .run_id = run_id};
  int64_t milliseconds = 0;
  const char* end = fields.duration.data() + fields.duration.size();
  const bool counts = service != nullptr && service->timing.min_runtime && !fields.duration.empty();
  if (counts && std::from_chars(fields.duration.data(), end, milliseconds).ec == std::errc())
    run.duration = Millis{milliseconds};
  return run;
}

// Ids are mostly as they stand; what is escaped needs a place of its own.
std::string_view kept(std::string_view raw, std::list<std::string>& texts) {
  if (raw.find('\\') == raw.npos) return raw;
  return texts.emplace_back(unescaped(raw));
}

}  // namespace

std::string latest_of(const Config& config, std::span<const HeartbeatBatch> batches) {
  std::vector<Beat> beats;
  std::list<std::string> run_ids;
  for (const HeartbeatBatch& one : batches) {
    for (const BatchedHeartbeat& beat : one.beats) {
      const auto& fields = beat.fields;
      const bool is_up = fields.status == Status::up;
      const Service* service = fields.duration.empty() ? nullptr : config.find(beat.id);
      beats.push_back({beat.id, one.at, fields.status, is_up ? std::string() : unescaped(fields.message),
                       run_signal_of(service, fields, kept(fields.run_id, run_ids))});
    }
  }
  return latest_of(beats);
}

namespace {

// One that was over before it began here came late.
void note_run(LastHeartbeat& last_heartbeat, const Service& service, const HeartbeatFields& fields, Time at) {
  Runs& runs = last_heartbeat.runs;
  const bool is_first = runs.empty();
  const bool is_plain = fields.signal == Signal::end && fields.run_id.empty() && fields.duration.empty();
  if (is_first && is_plain) return;
  note(runs, run_signal_of(&service, fields, unescaped(fields.run_id)), at);
  if (is_first && !runs.empty() && last_heartbeat.last_seen) note_heartbeat(runs, *last_heartbeat.last_seen);
}

}  // namespace

void join(const Config& config, std::span<const HeartbeatBatch> batches,
          std::vector<LastHeartbeat>& last_heartbeats) {
  ServiceFinder finder(config);
  for (const HeartbeatBatch& one : batches) {
    for (const BatchedHeartbeat& beat : one.beats) {
      const auto service = finder.find(beat.id);
      if (!service) continue;
      LastHeartbeat& last_heartbeat = last_heartbeats[*service];
      note_run(last_heartbeat, config.services[*service], beat.fields, one.at);
      if (beat.fields.signal != Signal::end) continue;
      join(last_heartbeat, last_heartbeat_of(beat.fields, one.at));
      note_end(last_heartbeat, one.at);
    }
  }
}

}  // namespace hb
