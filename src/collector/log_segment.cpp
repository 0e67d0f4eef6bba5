#include "collector/log_segment.hpp"

#include <algorithm>
#include <utility>

#include "text/cursor.hpp"
#include "text/id_table.hpp"
#include "text/json.hpp"
#include "text/json_writer.hpp"
#include "text/whole_json.hpp"

namespace hb {
namespace {

struct Segment {
  std::string_view batches{};  // the elements, without their brackets
  std::string_view services = "{}";
};

std::string_view inside(std::string_view container) {
  return container.size() < 2 ? std::string_view() : container.substr(1, container.size() - 2);
}

// Of one that is damaged at its end the rest of the text stands for the services.
Segment read_segment(std::string_view text) {
  Segment segment;
  Cursor cursor(text);
  each_member(cursor, [&](std::string_view key) {
    const std::string_view rest = text.substr(static_cast<size_t>(cursor.position() - text.data()));
    const std::string_view value = cursor.value();
    if (key == "requests") segment.batches = inside(value);
    if (key == "services") segment.services = cursor.bad() ? rest : value;
  });
  return segment;
}

size_t elements_in(std::string_view list) {
  if (list.empty()) return 0;
  size_t count = 1;
  Cursor cursor(list);
  for (cursor.value(); cursor.eat(','); cursor.value()) ++count;
  return count;
}

void print_fields(JsonWriter& json, const HeartbeatFields& fields, const HeartbeatFields& other) {
  json.begin_object();
  if (fields.status != other.status) json.member("status", status_name(fields.status));
  if (fields.message != other.message) json.key("message").raw_string(fields.message);
  if (fields.metadata != other.metadata)
    json.key("metadata").raw(fields.metadata.empty() ? "{}" : fields.metadata);
  if (fields.duration != other.duration)
    json.key("durationMs").raw(fields.duration.empty() ? "null" : fields.duration);
  if (fields.signal != other.signal) json.member("signal", signal_name(fields.signal));
  if (fields.run_id != other.run_id) json.key("runId").raw_string(fields.run_id);
  if (fields.exit_code != other.exit_code)
    json.key("exitCode").raw(fields.exit_code.empty() ? "null" : fields.exit_code);
  json.end_object();
}

// What most heartbeats of the batch say: what the first one says, because those of one batch are mostly alike.
HeartbeatFields shared(const HeartbeatBatch& batch) {
  return batch.beats.empty() ? HeartbeatFields{} : batch.beats.front().fields;
}

void print_batch(JsonWriter& json, const HeartbeatBatch& batch) {
  json.begin_object().member("at", to_ms(batch.at));
  json.key("colo").raw_string(batch.colo).key("country").raw_string(batch.country);
  print_fields(json.key("all"), shared(batch), {});
  json.end_object();
}

// One heartbeat, and the batch it came with.
struct Entry {
  size_t position = 0;  // of the batch in the segment
  const HeartbeatBatch* batch = nullptr;
  const HeartbeatFields* fields = nullptr;
};

void print_entry(JsonWriter& json, const Entry& entry) {
  const HeartbeatFields for_all = shared(*entry.batch);
  if (*entry.fields == for_all) return void(json.value(entry.position));
  json.begin_array().value(entry.position);
  print_fields(json, *entry.fields, for_all);
  json.end_array();
}

// The new entries of each service, in the order in which the services first appear.
class Additions {
 public:
  Additions(std::span<const HeartbeatBatch> batches, size_t position) {
    for (const HeartbeatBatch& one : batches) {
      for (const BatchedHeartbeat& beat : one.beats) add(beat.id, {position, &one, &beat.fields});
      ++position;
    }
  }

  // Only once: what is left are the services that the segment does not have yet.
  void print_those_of(std::string_view id, JsonWriter& json) {
    if (const auto found = ids_.find(id)) print(lists_[*found], json);
  }

  void print_rest(JsonWriter& json) {
    for (size_t i = 0; i < lists_.size(); ++i) {
      if (lists_[i].first == kNone) continue;
      json.raw_key(ids_[i]).begin_array();
      print(lists_[i], json);
      json.end_array();
    }
  }

 private:
  static constexpr size_t kNone = static_cast<size_t>(-1);

  struct Link {
    Entry entry{};
    size_t next = kNone;
  };
  struct List {
    size_t first = kNone;
    size_t last = kNone;
  };

  void add(std::string_view id, const Entry& entry) {
    const size_t position = ids_.add(id);
    const bool is_new = position == lists_.size();
    if (is_new) lists_.push_back({links_.size()});
    List& list = lists_[position];
    if (!is_new) links_[list.last].next = links_.size();
    list.last = links_.size();
    links_.push_back({entry});
  }

  void print(List& list, JsonWriter& json) const {
    for (size_t i = std::exchange(list.first, kNone); i != kNone; i = links_[i].next) {
      print_entry(json, links_[i].entry);
    }
  }

  IdTable ids_{};
  std::vector<List> lists_{};
  std::vector<Link> links_{};
};

void print_services(JsonWriter& json, std::string_view services, Additions& additions) {
  Cursor cursor(services);
  each_member(cursor, [&](std::string_view id) {
    const std::string_view entries = cursor.value();
    if (cursor.bad() || entries.size() < 2) return;
    json.raw_key(id).begin_array();
    if (entries.size() > 2) json.raw(inside(entries));
    additions.print_those_of(id, json);
    json.end_array();
  });
  additions.print_rest(json);
}

void read_fields(Cursor& cursor, HeartbeatFields& fields) {
  each_member(cursor, [&](std::string_view key) {
    if (key == "status")
      return void(fields.status = status_named(cursor.string_or_skip()).value_or(Status::up));
    if (key == "message") return void(fields.message = cursor.string_or_skip());
    if (key == "signal")
      return void(fields.signal = signal_named(cursor.string_or_skip()).value_or(Signal::end));
    if (key == "runId") return void(fields.run_id = cursor.string_or_skip());
    const std::string_view value = cursor.value();
    if (key == "metadata") fields.metadata = value;
    if (key == "durationMs") fields.duration = value == "null" ? std::string_view() : value;
    if (key == "exitCode") fields.exit_code = value == "null" ? std::string_view() : value;
  });
}

LogEntry read_batch_fields(std::string_view text) {
  LogEntry entry;
  Cursor cursor(text);
  each_member(cursor, [&](std::string_view key) {
    if (key == "at") return void(entry.at = from_ms(cursor.integer_or_skip()));
    if (key == "colo") return void(entry.colo = cursor.string_or_skip());
    if (key == "country") return void(entry.country = cursor.string_or_skip());
    if (key == "all" && cursor.peek('{')) return read_fields(cursor, entry.fields);
    cursor.value();
  });
  return entry;
}

std::vector<std::string_view> split(std::string_view list) {
  std::vector<std::string_view> all;
  if (list.empty()) return all;
  Cursor cursor(list);
  do all.push_back(cursor.value());
  while (!cursor.bad() && cursor.eat(','));
  return all;
}

std::string_view entries_of(std::string_view services, std::string_view id) {
  std::string_view entries;
  Cursor cursor(services);
  each_member(cursor, [&](std::string_view key) {
    const std::string_view value = cursor.value();
    if (key == id && !cursor.bad()) entries = value;
  });
  return inside(entries);
}

// Its parts are handed to readers as they stand.
bool is_sound(const LogEntry& entry) {
  const HeartbeatFields& fields = entry.fields;
  const std::string_view texts[] = {entry.colo, entry.country, fields.message, fields.run_id};
  const std::string_view values[] = {fields.metadata, fields.duration, fields.exit_code};
  return std::all_of(std::begin(texts), std::end(texts), is_raw_string) &&
         std::all_of(std::begin(values), std::end(values),
                     [](std::string_view json) { return json.empty() || is_whole_json(json); });
}

}  // namespace

std::string add_to_segment(std::string_view text, std::span<const HeartbeatBatch> batches) {
  const Segment segment = is_whole_json(text) ? read_segment(text) : Segment{};
  Additions additions(batches, elements_in(segment.batches));
  JsonWriter json;
  json.reserve(text.size() + 4096);
  json.begin_object().key("requests").begin_array();
  if (!segment.batches.empty()) json.raw(segment.batches);
  for (const HeartbeatBatch& one : batches) print_batch(json, one);
  json.end_array().key("services").begin_object();
  print_services(json, segment.services, additions);
  return json.end_object().end_object().take();
}

std::vector<LogEntry> entries_in_segment(std::string_view text, std::string_view id) {
  std::vector<LogEntry> entries;
  const Segment segment = read_segment(text);
  const auto batches = split(segment.batches);
  for (const std::string_view element : split(entries_of(segment.services, id))) {
    Cursor cursor(element);
    const bool says_more = cursor.eat('[');
    const int64_t position = cursor.integer();
    if (cursor.bad() || position < 0 || static_cast<size_t>(position) >= batches.size()) continue;
    LogEntry entry = read_batch_fields(batches[static_cast<size_t>(position)]);
    if (says_more && cursor.eat(',')) read_fields(cursor, entry.fields);
    if (is_sound(entry)) entries.push_back(entry);
  }
  return entries;
}

std::vector<LogEntry> entries_in(std::span<const HeartbeatBatch> batches, std::string_view id) {
  std::vector<LogEntry> entries;
  for (const HeartbeatBatch& one : batches) {
    for (const BatchedHeartbeat& beat : one.beats) {
      const LogEntry entry{one.at, one.colo, one.country, beat.fields};
      if (beat.id == id && is_sound(entry)) entries.push_back(entry);
    }
  }
  return entries;
}

}  // namespace hb
