#include "documents/latest.hpp"

#include <algorithm>
#include <bit>
#include <unordered_map>

#include "config/finder.hpp"
#include "text/buffer.hpp"
#include "text/bytes.hpp"
#include "text/cursor.hpp"
#include "text/id_table.hpp"
#include "text/json.hpp"
#include "text/json_writer.hpp"
#include "text/utf8.hpp"
#include "text/whole_json.hpp"

namespace hb {
namespace {

constexpr std::string_view kReports = "$reports";
constexpr std::string_view kRuns = "$runs";

// Ids and times as they stand in the document.
struct Entry {
  std::string_view id;
  std::string_view time;
};

struct NamedReport {
  std::string_view id;
  Report report;
  std::optional<Time> over;
};

struct NamedRuns {
  std::string_view id;
  Runs runs;
};

struct Contents {
  std::vector<Entry> entries{};
  std::vector<NamedReport> reports{};
  std::vector<NamedRuns> runs{};
  bool damaged = false;
};

std::optional<NamedReport> read_report(std::string_view id, std::string_view text) {
  const std::optional<Json> json = parse_json(text);
  if (!json) return std::nullopt;
  const auto status = status_named(string_member(*json, "status").value_or(""));
  const auto at = parse_iso(string_member(*json, "at").value_or(""));
  if (!at || (status != Status::degraded && status != Status::down)) return std::nullopt;
  const std::string message = string_member(*json, "message").value_or("");
  const auto over = parse_iso(string_member(*json, "over").value_or(""));
  return NamedReport{.id = id,
                     .report = {*status, *at, std::string(first_bytes(message, kMaxReportMessage))},
                     .over = over && *over > *at ? over : std::nullopt};
}

void read_reports(Cursor& cursor, Contents& contents) {
  each_member(cursor, [&](std::string_view id) {
    const auto report = read_report(id, cursor.value());
    if (cursor.bad()) return;
    if (!is_raw_string(id)) return void(contents.damaged = true);
    if (report) contents.reports.push_back(*report);
    if (!report) contents.damaged = true;
  });
}

void read_all_runs(Cursor& cursor, Contents& contents) {
  each_member(cursor, [&](std::string_view id) {
    const std::string_view text = cursor.value();
    if (cursor.bad() || !is_raw_string(id)) return void(contents.damaged = true);
    contents.runs.push_back({id, read_runs(text)});
  });
}

// Both are copied as they stand.
bool is_entry(std::string_view id, std::string_view time) {
  return time.size() == kIsoLength && time.back() == 'Z' && is_plain(time) && is_raw_string(id);
}

Contents read_contents(std::string_view bytes) {
  Contents contents;
  contents.entries.reserve(bytes.size() / 40);
  if (bytes.empty()) return contents;
  Cursor cursor(bytes);
  const bool is_whole = each_member_past_damage(cursor, '"', [&](std::string_view id) {
    if (id == kReports && cursor.peek('{')) return read_reports(cursor, contents);
    if (id == kRuns && cursor.peek('{')) return read_all_runs(cursor, contents);
    const std::string_view time = cursor.string_or_skip(kIsoLength);
    if (id != kReports && is_entry(id, time)) {
      contents.entries.push_back({id, time});
    } else if (!cursor.bad()) {
      contents.damaged = true;
    }
  });
  contents.damaged |= !is_whole || !cursor.at_end();
  return contents;
}

std::optional<Time> plausible_time(std::string_view text, Time now) {
  const auto time = parse_iso(text);
  return time && is_plausible(*time, now) ? time : std::nullopt;
}

// What all copies but the stored one have to add.
struct Additions {
  struct Newest {
    std::string_view id;
    std::string_view text;
    Time time;
    bool used = false;
  };
  IdTable ids{};
  std::vector<Newest> newest{};

  // A heartbeat adds one or a few: then looking through them costs less than hashing every stored id.
  Newest* find(std::string_view id) {
    static constexpr size_t kFew = 8;
    const auto is_it = [&](const Newest& added) { return is_same(added.id, id); };
    if (newest.size() <= kFew && std::none_of(newest.begin(), newest.end(), is_it)) return nullptr;
    const auto found = ids.find(id);
    return found ? &newest[*found] : nullptr;
  }
};

void add(Additions& additions, const Contents& contents, Time now) {
  for (const auto& [id, text] : contents.entries) {
    const auto time = plausible_time(text, now);
    if (!time) continue;
    const size_t position = additions.ids.add(id);
    if (position == additions.newest.size()) additions.newest.push_back({id, text, *time});
    Additions::Newest& newest = additions.newest[position];
    if (*time > newest.time) newest = {id, text, *time};
  }
}

void append_entry(Buffer& out, std::string_view id, std::string_view time) {
  if (out.size() > 1) out += ',';
  const bool stands_there_already = time.data() == id.data() + id.size() + 3;  // "id":"time"
  if (stands_there_already) return void(out += std::string_view(id.data() - 1, id.size() + time.size() + 5));
  ((((out += '"') += id) += "\":\"") += time) += '"';
}

// 8 characters as a number that sorts like them.
uint64_t word_at(std::string_view text, size_t offset) {
  const uint64_t word = eight_bytes(text.data() + offset);
  return std::endian::native == std::endian::little ? __builtin_bswap64(word) : word;
}

// Whether one time is not after the other, both in the stored form of three words.
bool sorted(std::string_view one, std::string_view other) {
  for (const size_t offset : {0, 8, 16}) {
    const uint64_t a = word_at(one, offset);
    const uint64_t b = word_at(other, offset);
    if (a != b) return a < b;
  }
  return true;
}

// Which ids stay: those in the configuration, and others while they are younger than the retention.
class Retention {
 public:
  Retention(const Config& config, Time now)
      : config_(config),
        oldest_(iso(now - std::chrono::days{config.settings.retention_days})),
        newest_(iso(now + kAheadAllowed)) {}

  bool keeps(std::string_view id, std::string_view time) const {
    return (sorted(oldest_, time) && sorted(time, newest_)) || is_present(id);
  }

 private:
  // A previous id of a service is none of the present ones.
  bool is_present(std::string_view id) const {
    const Service* service = config_.find(id);
    return service != nullptr && service->id == id;
  }

  const Config& config_;
  const std::string oldest_;
  const std::string newest_;
};

using LastHeartbeatById = std::unordered_map<std::string_view, LastHeartbeat>;

// The times in a copy, of those services that are in the map.
template <typename Note>
void each_time(LastHeartbeatById& by_id, const Contents& contents, Time now, Note note) {
  if (by_id.empty()) return;
  for (const auto& [id, text] : contents.entries) {
    const auto found = by_id.find(id);
    const auto time = found == by_id.end() ? std::nullopt : plausible_time(text, now);
    if (time) note(found->second, *time);
  }
}

// Reports and the times beside them, to be joined and printed after the times.
class Reports {
 public:
  void add(const Contents& contents, Time now) {
    for (const auto& [id, report, over] : contents.reports) {
      if (!is_plausible(report.at, now)) continue;
      LastHeartbeat& last_heartbeat = by_id_[id];
      if (!last_heartbeat.report) order_.push_back(id);
      join(last_heartbeat, {.report = report, .over = over});
    }
  }
  // Of each copy: what is not the newest may be what a report ended with.
  void note_times(const Contents& contents, Time now) {
    each_time(by_id_, contents, now, [](LastHeartbeat& last_heartbeat, Time time) {
      join(last_heartbeat, {.last_seen = time});
      note_end(last_heartbeat, time);
    });
  }
  void print(Buffer& out, const Retention& retention, Time now) const {
    std::vector<std::string_view> kept;
    size_t size = 2;  // of all without their messages
    for (const std::string_view id : order_) {
      const LastHeartbeat& last_heartbeat = by_id_.at(id);
      if (!retention.keeps(id, iso(last_heartbeat.report->at)) || is_over(last_heartbeat, now)) continue;
      kept.push_back(id);
      size += printed(id, last_heartbeat, "").size() + 1;
    }
    if (kept.empty()) return;
    if (out.size() > 1) out += ',';
    out += "\"$reports\":{";
    for (const std::string_view id : kept) {
      const LastHeartbeat& last_heartbeat = by_id_.at(id);
      const std::string message = printed_message(*last_heartbeat.report);
      const bool fits = size + message.size() <= kMaxReportsSize;
      if (fits) size += message.size();
      if (id != kept.front()) out += ',';
      out += printed(id, last_heartbeat, fits ? message : "");
    }
    out += '}';
  }

 private:
  static bool is_over(const LastHeartbeat& last_heartbeat, Time now) {
    return last_heartbeat.last_seen && *last_heartbeat.last_seen > last_heartbeat.report->at &&
           last_heartbeat.report->at < now - kReportStays;
  }

  static std::string printed_message(const Report& report) {
    if (report.message.empty()) return {};
    return std::string(",\"message\":").append(JsonWriter().value(report.message).text());
  }

  // The id is raw already: it was read from a document.
  static std::string printed(std::string_view id, const LastHeartbeat& last_heartbeat,
                             std::string_view message) {
    const Report& report = *last_heartbeat.report;
    std::string text = "\"";
    ((text += id) += "\":{\"status\":\"") += status_name(report.status);
    append_iso(text += "\",\"at\":\"", report.at);
    if (last_heartbeat.over) append_iso(text += "\",\"over\":\"", *last_heartbeat.over);
    return ((text += '"') += message) += '}';
  }

  std::vector<std::string_view> order_{};
  LastHeartbeatById by_id_{};
};

// The runs of all copies, to be joined and printed after the reports.
class AllRuns {
 public:
  void add(const Contents& contents) {
    for (const auto& [id, runs] : contents.runs) {
      const auto [found, is_new] = by_id_.try_emplace(id);
      if (is_new) order_.push_back(id);
      join(found->second.runs, runs);
    }
  }
  // Once all runs are in it: the times of a copy.
  void note_times(const Contents& contents, Time now) {
    each_time(by_id_, contents, now, [](LastHeartbeat& last_heartbeat, Time time) {
      note_heartbeat(last_heartbeat.runs, time);
      join(last_heartbeat, {.last_seen = time});
    });
  }
  void print(Buffer& out, const Retention& retention, Time now) {
    JsonWriter json;
    json.begin_object();
    for (const std::string_view id : order_) {
      LastHeartbeat& last_heartbeat = by_id_.at(id);
      trim(last_heartbeat.runs, now, last_heartbeat.last_seen);
      if (last_heartbeat.runs.empty() || !retention.keeps(id, iso(last_time(last_heartbeat.runs)))) continue;
      print_runs(json.raw_key(id), last_heartbeat.runs);
    }
    json.end_object();
    if (json.text() == "{}") return;
    if (out.size() > 1) out += ',';
    (out += "\"$runs\":") += json.text();
  }

 private:
  std::vector<std::string_view> order_{};
  LastHeartbeatById by_id_{};
};

void print_report(JsonWriter& reports, const Beat& beat, const std::optional<Time>& over) {
  reports.key(beat.id).begin_object().member("status", status_name(beat.status)).member("at", beat.at);
  if (over) reports.member("over", *over);
  const std::string_view message = first_bytes(beat.message, kMaxReportMessage);
  if (!message.empty()) reports.member("message", message);
  reports.end_object();
}

// The entries of the stored document, `size` bytes long, in their order, then those that are added.
std::string print_merged(const Contents& stored, size_t size, Additions& additions, Reports& reports,
                         AllRuns& runs, const Retention& retention, Time now) {
  Buffer out;
  out.reserve(size + 64 * additions.newest.size() + 64);
  out += '{';
  const auto append = [&](std::string_view id, std::string_view time) {
    if (retention.keeps(id, time)) append_entry(out, id, time);
  };
  for (const auto& [id, time] : stored.entries) {
    if (Additions::Newest* addition = additions.find(id)) {
      addition->used = true;
      const auto before = plausible_time(time, now);
      append(id, before && *before >= addition->time ? time : addition->text);
    } else {
      append(id, time);
    }
  }
  for (const auto& newest : additions.newest) {
    if (!newest.used) append(newest.id, newest.text);
  }
  reports.print(out, retention, now);
  runs.print(out, retention, now);
  out += '}';
  return out.take();
}

}  // namespace

std::string latest_of(std::span<const Beat> beats) {
  struct Newest {
    std::string_view id;
    std::optional<Time> at{};
    const Beat* report = nullptr;  // the last that was not `up`
    std::optional<Time> over{};    // the first after it
    Runs runs{};
  };
  std::vector<Newest> order;
  IdTable ids;
  for (const Beat& beat : beats) {
    const size_t position = ids.add(beat.id);
    if (position == order.size()) order.push_back({beat.id});
    Newest& newest = order[position];
    note(newest.runs, beat.run, beat.at);
    if (beat.run.signal != Signal::end || beat.at < newest.at) continue;
    newest.at = beat.at;
    const bool is_superseded = newest.report != nullptr && newest.report->at == beat.at;
    if (beat.status == Status::up && is_superseded) newest.report = nullptr;
    if (beat.status == Status::up && !newest.over) newest.over = beat.at;
    if (beat.status == Status::up) continue;
    newest.report = &beat;
    newest.over.reset();
  }
  JsonWriter times;
  JsonWriter reports;
  JsonWriter runs;
  for (JsonWriter* json : {&times, &reports, &runs}) json->begin_object();
  for (const Newest& newest : order) {
    if (newest.at) times.member(newest.id, *newest.at);
    if (newest.report != nullptr) print_report(reports, *newest.report, newest.over);
    if (!newest.runs.empty()) print_runs(runs.key(newest.id), newest.runs);
  }
  reports.end_object();
  runs.end_object();
  if (reports.text().size() > 2) times.key(kReports).raw(reports.text());
  if (runs.text().size() > 2) times.key(kRuns).raw(runs.text());
  return times.end_object().take();
}

std::optional<std::string> without_runs(std::string_view bytes) {
  // They stand last; an id cannot have a quote in it.
  const size_t at = bytes.rfind("\"$runs\":");
  if (at == bytes.npos || at == 0) return std::nullopt;
  return std::string(bytes.substr(0, bytes[at - 1] == ',' ? at - 1 : at)) + '}';
}

MergedLatest merge_latest(const Config& config, Time now, std::span<const std::string_view> copies) {
  if (copies.empty()) return {"{}"};
  const Contents stored = read_contents(copies[0].empty() ? "{}" : copies[0]);
  MergedLatest merged{.damaged = stored.damaged};
  Additions additions;
  Reports reports;
  reports.add(stored, now);
  AllRuns runs;
  runs.add(stored);
  std::vector<Contents> others;  // the additions point into them
  others.reserve(copies.size());
  for (const std::string_view copy : copies.subspan(1)) {
    if (is_same(copy, copies[0])) continue;
    const Contents& contents = others.emplace_back(read_contents(copy));
    merged.damaged |= contents.damaged;
    add(additions, contents, now);
    reports.add(contents, now);
    runs.add(contents);
  }
  reports.note_times(stored, now);
  for (const Contents& contents : others) reports.note_times(contents, now);
  runs.note_times(stored, now);
  for (const Contents& contents : others) runs.note_times(contents, now);

  merged.bytes =
      print_merged(stored, copies[0].size(), additions, reports, runs, Retention(config, now), now);
  return merged;
}

std::vector<LastHeartbeat> read_latest(const Config& config, Time now, std::string_view bytes) {
  std::vector<LastHeartbeat> last_heartbeats(config.services.size());
  const Contents contents = read_contents(bytes);
  ServiceFinder finder(config);
  for (const auto& [id, text] : contents.entries) {
    const auto service = finder.find(id);
    if (service) join(last_heartbeats[*service], {.last_seen = plausible_time(text, now)});
  }
  for (const auto& [id, report, over] : contents.reports) {
    const auto service = finder.find(id);
    if (!service || !is_plausible(report.at, now)) continue;
    const bool is_over = over && is_plausible(*over, now);
    join(last_heartbeats[*service],
         {.last_seen = report.at, .report = report, .over = is_over ? over : std::nullopt});
  }
  for (const auto& [id, runs] : contents.runs) {
    if (const auto service = finder.find(id)) join(last_heartbeats[*service].runs, runs);
  }
  return last_heartbeats;
}

}  // namespace hb
