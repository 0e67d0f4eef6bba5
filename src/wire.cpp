#include "wire.hpp"

#include <algorithm>
#include <array>
#include <charconv>

#include "core.hpp"
#include "json.hpp"
#include "json_writer.hpp"

namespace hb {
namespace {

constexpr std::array<std::string_view, 3> kKeyNames{"monitor:latest", "monitor:data", "recent:alerts"};
constexpr std::array<std::string_view, 3> kPlaces{"alone", "edge", "collector"};
constexpr std::array<std::string_view, 3> kLevels{"info", "warn", "error"};
constexpr std::array<std::string_view, 2> kSequels{"tell", "publish"};
constexpr int64_t kFarthestOffset = 24 * 60;  // minutes; none is that far

// The methods that requests may have; any other one is like any other.
constexpr std::array<std::string_view, 7> kMethods{"GET",    "HEAD",  "POST",   "PUT",
                                                   "DELETE", "PATCH", "OPTIONS"};

// Of the check, of telling, of publishing and of a merge the shim says so in `kind`, so that no request can
// pass for one.
std::string_view method_of(std::string_view kind, std::string_view method) {
  if (kind == "cron") return "CRON";
  if (kind == "tell") return "TELL";
  if (kind == "publish") return "PUBLISH";
  if (kind == "merge") return "MERGE";
  const auto found = std::find(kMethods.begin(), kMethods.end(), method);
  return found == kMethods.end() ? "OTHER" : *found;
}

// A frame, taken apart from front to back.
struct Frame {
  Json header{};
  std::string_view rest{};

  // The next `length` raw bytes, or as many as there are.
  std::string_view take(int64_t length) {
    const auto most = static_cast<int64_t>(rest.size());
    const std::string_view bytes = rest.substr(0, static_cast<size_t>(std::clamp<int64_t>(length, 0, most)));
    rest.remove_prefix(bytes.size());
    return bytes;
  }
  std::string_view take(const Json& holder, std::string_view key) {
    return take(integer_member(holder, key).value_or(0));
  }
};

std::optional<Frame> open_frame(std::string_view bytes) {
  if (bytes.size() < 4) return std::nullopt;
  size_t length = 0;
  for (size_t i = 4; i-- > 0;) length = length << 8 | static_cast<unsigned char>(bytes[i]);
  bytes.remove_prefix(4);
  if (length > bytes.size()) return std::nullopt;
  auto header = parse_json(bytes.substr(0, length));
  if (!header) return std::nullopt;
  return Frame{std::move(*header), bytes.substr(length)};
}

std::string text_of(const Json& json, std::string_view key) {
  return string_member(json, key).value_or("");
}

Time time_of(const Json& json, std::string_view key) {
  return from_ms(integer_member(json, key).value_or(0));
}

Document::State state_of(const Json& document) {
  const std::string state = text_of(document, "state");
  if (state == "found") return Document::State::found;
  return state == "failed" ? Document::State::failed : Document::State::absent;
}

void add_documents(Event& event, Frame& frame) {
  const Json* documents = member(frame.header, "documents");
  if (documents == nullptr) return;
  for (const Json& json : elements(*documents)) {
    const Document::State state = state_of(json);
    const bool is_found = state == Document::State::found;
    const Document document{state, is_found ? frame.take(json, "length") : std::string_view()};
    if (event.method == "MERGE") event.parts.push_back(document.bytes);
    const auto key = key_named(text_of(json, "key"));
    if (key) event.documents[static_cast<size_t>(*key)] = document;
  }
}

std::chrono::minutes offset_of(const Json& header) {
  const int64_t minutes = integer_member(header, "utcOffset").value_or(0);
  return std::chrono::minutes{std::clamp(minutes, -kFarthestOffset, kFarthestOffset)};
}

Place place_of(const Json& header) {
  const auto found = std::find(kPlaces.begin(), kPlaces.end(), text_of(header, "place"));
  return found == kPlaces.end() ? Place::alone : static_cast<Place>(found - kPlaces.begin());
}

bool flag_of(const Json& json, std::string_view key) {
  const Json* flag = member(json, key);
  return flag != nullptr && as_bool(*flag).value_or(false);
}

// Of an edge of another version, whatever it adds.
std::optional<Decided> decided_of(const Json& header) {
  const Json* decided = member(header, "decided");
  if (decided == nullptr) return std::nullopt;
  return Decided{.protocol = integer_member(*decided, "protocol").value_or(0),
                 .sees_metadata = flag_of(*decided, "metadata"),
                 .is_origin_allowed = flag_of(*decided, "origin")};
}

// The rows' list has a line for each: its key, a space, its length.
void add_rows(Event& event, Frame& frame) {
  if (const Json* ranges = member(frame.header, "ranges")) {
    for (const Json& range : elements(*ranges)) {
      event.ranges.push_back({text_of(range, "from"), text_of(range, "until")});
    }
  }
  for (std::string_view list = frame.take(frame.header, "rows"); !list.empty();) {
    const std::string_view line = list.substr(0, list.find('\n'));
    list.remove_prefix(std::min(line.size() + 1, list.size()));
    const std::string_view key = line.substr(0, line.find(' '));
    int64_t length = 0;
    std::from_chars(line.data() + std::min(key.size() + 1, line.size()), line.data() + line.size(), length);
    event.rows.push_back({std::string(key), frame.take(length)});
  }
}

void add_results(Event& event, Frame& frame) {
  if (const Json* results = member(frame.header, "results")) {
    for (const Json& result : elements(*results)) {
      const auto key = key_named(text_of(result, "key"));
      if (key) event.results.push_back({*key, text_of(result, "error").empty()});
    }
  }
  const Json* answers = member(frame.header, "answers");
  if (answers == nullptr) return;
  for (const Json& answer : elements(*answers)) {
    event.answers.push_back({.status = static_cast<int>(integer_member(answer, "status").value_or(0)),
                             .error = text_of(answer, "error"),
                             .retry_after = text_of(answer, "retryAfter"),
                             .body = frame.take(answer, "length")});
  }
}

class Encoder {
 public:
  EncodedOutcome encode(const Outcome& outcome) {
    header_.begin_object();
    write_needs(outcome);
    write_merges(outcome.merges);
    write_rows(outcome.rows);
    write_puts(outcome.puts);
    if (outcome.forward) write_forward(*outcome.forward);
    write_sends(outcome);
    write_sequels(outcome.sequels);
    if (!outcome.is_asking() && !outcome.forward) write_reply("reply", outcome.reply);
    if (outcome.refused) write_reply("refused", *outcome.refused);
    if (outcome.limited) write_reply("limited", *outcome.limited);
    if (outcome.memo) header_.member("memo", *outcome.memo);
    write_logs(outcome.logs);
    return {header_.end_object().take(), std::move(parts_)};
  }

 private:
  void write_part(std::string_view bytes) {
    parts_.push_back(bytes);
    header_.member("part", parts_.size());
  }

  void write_needs(const Outcome& outcome) {
    if (!outcome.needs.empty()) header_.key("needs").begin_array();
    for (const Key key : outcome.needs) header_.value(key_name(key));
    if (!outcome.needs.empty()) header_.end_array();
    if (!outcome.needs_rows.empty()) header_.key("needsRows").begin_array();
    for (const auto& [from, until] : outcome.needs_rows) {
      header_.begin_object().member("from", from).member("until", until).end_object();
    }
    if (!outcome.needs_rows.empty()) header_.end_array();
  }

  void write_forward(const Forward& forward) {
    const auto& [protocol, sees_metadata, is_origin_allowed] = forward.decided;
    header_.key("forward").begin_object().key("decided").begin_object().member("protocol", protocol);
    header_.member("metadata", sees_metadata).member("origin", is_origin_allowed).end_object();
    if (forward.body) write_part(*forward.body);
    header_.end_object();
  }

  void write_rows(const std::vector<RowPut>& rows) {
    if (rows.empty()) return;
    header_.key("rows").begin_array();
    for (const auto& [key, bytes] : rows) write_document(key, bytes);
    header_.end_array();
  }

  void write_merges(const std::vector<Merge>& merges) {
    if (merges.empty()) return;
    header_.key("merges").begin_array();
    for (const auto& [key, addition] : merges) write_document(key_name(key), addition);
    header_.end_array();
  }

  void write_puts(const std::vector<Put>& puts) {
    if (puts.empty()) return;
    header_.key("puts").begin_array();
    for (const auto& [key, bytes] : puts) write_document(key_name(key), bytes);
    header_.end_array();
  }

  void write_sends(const Outcome& outcome) {
    if (outcome.sends.empty()) return;
    header_.key("sends").begin_array();
    for (const Send& send : outcome.sends) write_send(send);
    header_.end_array().member("carry", outcome.carry);
  }

  void write_send(const Send& send) {
    header_.begin_object();
    if (send.via == Via::email_binding) {
      header_.member("via", "email");
    } else {
      header_.member("url", send.url).member("method", send.method).key("headers").begin_object();
      for (const auto& [name, value] : send.headers) header_.member(name, value);
      header_.end_object();
    }
    if (!send.body.empty()) write_part(send.body);
    header_.end_object();
  }

  void write_sequels(const std::vector<Sequel>& sequels) {
    if (sequels.empty()) return;
    header_.key("sequels").begin_array();
    for (const Sequel sequel : sequels) header_.value(kSequels[static_cast<size_t>(sequel)]);
    header_.end_array();
  }

  void write_document(std::string_view key, std::string_view bytes) {
    header_.begin_object().member("key", key);
    write_part(bytes);
    header_.end_object();
  }

  void write_reply(std::string_view name, const Reply& reply) {
    header_.key(name).begin_object().member("status", reply.status).key("headers").begin_array();
    for (const auto& [key, value] : reply.headers) header_.begin_array().value(key).value(value).end_array();
    header_.end_array();
    if (!reply.body.empty()) write_part(reply.body);
    header_.end_object();
  }

  void write_logs(const std::vector<Log>& logs) {
    if (logs.empty()) return;
    header_.key("logs").begin_array();
    for (const auto& [level, text, event] : logs) {
      header_.begin_object().member("level", kLevels[static_cast<size_t>(level)]);
      if (!event.empty()) header_.member("event", event);
      header_.member("message", text).end_object();
    }
    header_.end_array();
  }

  JsonWriter header_{};
  std::vector<std::string_view> parts_{};
};

void write_faults(JsonWriter& json, std::string_view name, const std::vector<Fault>& faults) {
  json.key(name).begin_array();
  for (const Fault& fault : faults) json.value(sentence(fault));
  json.end_array();
}

}  // namespace

bool Event::has_read(const Range& range) const {
  return std::find(ranges.begin(), ranges.end(), range) != ranges.end();
}

std::string_view Event::row(std::string_view key) const {
  const auto found = std::find_if(rows.begin(), rows.end(), [&](const Row& row) { return row.key == key; });
  return found == rows.end() ? std::string_view() : found->bytes;
}

std::string_view key_name(Key key) {
  return kKeyNames[static_cast<size_t>(key)];
}

std::optional<Key> key_named(std::string_view name) {
  const auto found = std::find(kKeyNames.begin(), kKeyNames.end(), name);
  if (found == kKeyNames.end()) return std::nullopt;
  return static_cast<Key>(found - kKeyNames.begin());
}

std::optional<Event> decode_event(std::string_view bytes) {
  auto frame = open_frame(bytes);
  if (!frame) return std::nullopt;
  const Json& header = frame->header;
  Event event{.method = method_of(text_of(header, "kind"), text_of(header, "method")),
              .path = text_of(header, "path"),
              .query = text_of(header, "query"),
              .base_url = text_of(header, "base"),
              .now = time_of(header, "now"),
              .scheduled = time_of(header, "scheduled"),
              .place = place_of(header),
              .decided = decided_of(header),
              .utc_offset = offset_of(header),
              .memo = text_of(header, "memo"),
              .carry = text_of(header, "carry"),
              .body = frame->take(header, "body")};
  if (const Json* headers = member(header, "headers")) {
    event.authorization = text_of(*headers, "authorization");
    event.origin = text_of(*headers, "origin");
  }
  if (const Json* entry = member(header, "entry")) {
    event.colo = text_of(*entry, "colo");
    event.country = text_of(*entry, "country");
  }
  event.work = {integer_member(header, "requests").value_or(0), integer_member(header, "errors").value_or(0),
                integer_member(header, "rowsWritten").value_or(0),
                integer_member(header, "rowsRead").value_or(0)};
  add_documents(event, *frame);
  add_rows(event, *frame);
  add_results(event, *frame);
  return event;
}

std::optional<ConfigureInput> decode_configure(std::string_view bytes) {
  auto frame = open_frame(bytes);
  if (!frame) return std::nullopt;
  ConfigureInput input;
  if (const Json* env = member(frame->header, "env")) {
    for (const auto& [name, value] : members(*env)) input.files.env[name] = as_string(value).value_or("");
  }
  const Json* files = member(frame->header, "files");
  if (files == nullptr) return std::nullopt;
  for (const Json& file : elements(*files)) {
    const std::string name = text_of(file, "name");
    const std::string_view content = frame->take(file, "length");
    if (name == "services") input.files.services = content;
    if (name == "notifications") input.files.notifications = content;
    if (name == "settings") input.files.settings = content;
    if (name == "dashboard") input.files.dashboard = content;
    if (name == "page") input.page = content;
  }
  return input;
}

std::string encode_configured(const ParsedConfig& parsed) {
  JsonWriter json;
  json.begin_object();
  write_faults(json, "faults", parsed.faults);
  write_faults(json, "warnings", parsed.warnings);
  json.member("bodyLimit", kBodyLimit).member("timezone", parsed.config.notifications.timezone);
  json.member("identity", parsed.config.identity);
  const std::string& location = parsed.config.settings.monitoring.collector_location;
  if (!location.empty()) json.member("collectorLocation", location);
  json.key("headers").begin_array().value("authorization").value("origin").end_array();
  return json.end_object().take();
}

EncodedOutcome encode_outcome(const Outcome& outcome) {
  return Encoder().encode(outcome);
}

}  // namespace hb
