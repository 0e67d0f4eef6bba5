// GET /api/logs in the collector: the heartbeats themselves, out of the tail of the write-ahead log and the
// segments of the heartbeat log.

#include <algorithm>

#include "api/authorization.hpp"
#include "api/past.hpp"
#include "collector/checkpoint.hpp"
#include "collector/checkpointing.hpp"
#include "collector/log_segment.hpp"
#include "event/handlers.hpp"
#include "event/http.hpp"
#include "text/json_writer.hpp"

namespace hb {
namespace {

// With the checkpoint, what anybody may have read for one answer; rows read are counted by the day.
constexpr size_t kSegmentsAtOnce = 8;
constexpr int64_t kTailForStrangers = 8;

// Strangers see a tail of many rows only once it is checkpointed, within minutes.
bool shows_tail(const Context& context) {
  const Session& session = context.session;
  return session.next - session.checkpointed - 1 <= kTailForStrangers || has_alert_key(context);
}

// The segments that one answer looks into, newest first, and where the next one goes on.
struct Reach {
  std::vector<LogSegment> segments{};
  std::optional<Time> next{};     // absent: there is nothing older
  std::optional<Time> through{};  // the time of the newest heartbeat that is checkpointed
};

Reach reach_of(const Checkpoint& checkpoint, const PastRequest& request) {
  Reach reach;
  if (!checkpoint.segments.empty()) reach.through = checkpoint.segments.back().to;
  for (auto segment = checkpoint.segments.rbegin(); segment != checkpoint.segments.rend(); ++segment) {
    if (request.before && segment->from >= *request.before) continue;
    if (reach.segments.size() < kSegmentsAtOnce) {
      reach.segments.push_back(*segment);
    } else {
      reach.next = std::max(reach.next.value_or(segment->to), segment->to + 1ms);
    }
  }
  return reach;
}

void print_raw(JsonWriter& json, std::string_view name, std::string_view raw) {
  json.key(name);
  raw.empty() ? json.value(nullptr) : json.raw(raw);
}

void print_text(JsonWriter& json, std::string_view name, std::string_view escaped) {
  json.key(name);
  escaped.empty() ? json.value(nullptr) : json.raw_string(escaped);
}

void print_entry(JsonWriter& json, const LogEntry& entry, bool is_all_shown) {
  const auto& [at, colo, country, fields] = entry;
  json.begin_object().member("timestamp", at).member("status", status_name(fields.status));
  print_text(json, "message", fields.message);
  print_raw(json, "metadata", is_all_shown ? fields.metadata : std::string_view());
  print_raw(json, "durationMs", fields.duration);
  if (fields.signal != Signal::end) json.member("signal", signal_name(fields.signal));
  if (!fields.run_id.empty()) print_text(json, "runId", fields.run_id);
  if (!fields.exit_code.empty()) print_raw(json, "exitCode", fields.exit_code);
  print_text(json, "colo", is_all_shown ? colo : std::string_view());
  print_text(json, "country", is_all_shown ? country : std::string_view());
  json.end_object();
}

class LogPage {
 public:
  LogPage(const Context& context, const PastRequest& request, const Reach& reach)
      : context_(context),
        request_(request),
        reach_(reach),
        is_whole_(shows_tail(context)),
        tail_(is_whole_ ? tail_of(context.event, context.session) : std::vector<HeartbeatBatch>()) {
    const std::string& id = request.id;
    for (auto segment = reach.segments.rbegin(); segment != reach.segments.rend(); ++segment) {
      add(entries_in_segment(context.event.row(segment_key(segment->number)), id));
    }
    add(entries_in(tail_, id));
    std::stable_sort(entries_.begin(), entries_.end(),
                     [](const LogEntry& one, const LogEntry& other) { return one.at > other.at; });
  }

  std::string print() const {
    std::vector<Time> times;
    for (const LogEntry& entry : entries_) times.push_back(entry.at);
    const PageBounds page = page_of(request_, times);
    const bool is_all_shown = sees_metadata(context_);
    JsonWriter json;
    json.begin_object().member("serviceId", request_.id);
    json.key("logs").begin_array();
    for (size_t i = page.begin; i < page.end; ++i) print_entry(json, entries_[i], is_all_shown);
    json.end_array().member("next", page.next ? page.next : reach_.next);
    if (!is_whole_) json.member("through", reach_.through);
    return json.end_object().take();
  }

 private:
  void add(std::vector<LogEntry> more) { entries_.insert(entries_.end(), more.begin(), more.end()); }

  const Context& context_;
  const PastRequest& request_;
  const Reach& reach_;
  const bool is_whole_;
  const std::vector<HeartbeatBatch> tail_;
  std::vector<LogEntry> entries_{};
};

}  // namespace

Reads reads_to_get_logs(const Context& context) {
  const auto& [config, page, event, session] = context;
  const auto request = parse_past_request(context);
  if (std::holds_alternative<Error>(request)) return {};
  Reads reads{.rows = {{kLatestRow}}, .is_complete = event.has_read({kLatestRow})};
  if (shows_tail(context)) {
    for (Range& range : tail_ranges(session)) reads.rows.push_back(std::move(range));
  }
  if (!reads.is_complete) return reads;
  const Reach reach = reach_of(read_checkpoint(event.row(kLatestRow)), std::get<PastRequest>(request));
  for (const LogSegment& segment : reach.segments) reads.rows.push_back({segment_key(segment.number)});
  return reads;
}

Outcome get_collector_logs(const Context& context) {
  const auto parsed = parse_past_request(context);
  if (const auto* error = std::get_if<Error>(&parsed)) return outcome_of(*error);
  const auto& request = std::get<PastRequest>(parsed);
  const Reach reach = reach_of(read_checkpoint(context.event.row(kLatestRow)), request);
  return outcome_of(json_reply(200, LogPage(context, request, reach).print()));
}

}  // namespace hb
