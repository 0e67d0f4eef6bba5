#include "app/wire.hpp"

#include <algorithm>
#include <array>

#include "app/core.hpp"
#include "text/frame.hpp"
#include "text/json.hpp"
#include "text/json_writer.hpp"

namespace hb {
namespace {

// Of events, in the order of Trigger.
enum class Kind : uint8_t { request, cron, tell, publish, append, merge_copies, take_backlog };

// A request's lines, in their order.
constexpr std::string_view Request::*kHead[] = {&Request::method,   &Request::path,          &Request::query,
                                                &Request::base_url, &Request::authorization, &Request::origin,
                                                &Request::colo,     &Request::country};

std::string_view line_of(std::string_view& head) {
  const std::string_view line = head.substr(0, head.find('\n'));
  head.remove_prefix(std::min(line.size() + 1, head.size()));
  return line;
}

constexpr uint8_t kBodyUnread = 16;

std::optional<Decided> decided_by(uint8_t bits) {
  if ((bits & 1) == 0) return std::nullopt;
  return Decided{.sees_metadata = (bits & 2) != 0,
                 .is_origin_allowed = (bits & 4) != 0,
                 .has_key = (bits & 8) != 0,
                 .is_reader = (bits & 32) != 0};
}

uint8_t bits_of(const std::optional<Decided>& decided) {
  if (!decided) return 0;
  return static_cast<uint8_t>(1 | (decided->sees_metadata ? 2 : 0) | (decided->is_origin_allowed ? 4 : 0) |
                              (decided->has_key ? 8 : 0) | (decided->is_reader ? 32 : 0));
}

Request read_request(FrameReader& reader) {
  Request request;
  const uint8_t bits = reader.u8();
  request.decided = decided_by(bits);
  request.is_body_unread = (bits & kBodyUnread) != 0;
  std::string_view head = reader.text();
  for (const auto line : kHead) request.*line = line_of(head);
  request.body = reader.rest();
  return request;
}

void write(FrameWriter& writer, const Request& request) {
  std::string head;
  for (const auto line : kHead) head.append(request.*line).push_back('\n');
  const uint8_t unread = request.is_body_unread ? kBodyUnread : 0;
  writer.u8(bits_of(request.decided) | unread).text(head).rest(request.body);
}

std::optional<MergeCopies> read_merge(FrameReader& reader) {
  const auto key = key_named(reader.text());
  if (!key) return std::nullopt;
  MergeCopies merge{.key = *key};
  reader.repeat([&] { merge.copies.push_back(reader.text()); });
  return merge;
}

void write(FrameWriter& writer, const MergeCopies& merge) {
  writer.text(key_name(merge.key)).u32(merge.copies.size());
  for (const std::string_view copy : merge.copies) writer.text(copy);
}

std::optional<Trigger> read_trigger(FrameReader& reader) {
  if (reader.u8() != kProtocol) return std::nullopt;
  switch (static_cast<Kind>(reader.u8())) {
    case Kind::request:
      return read_request(reader);
    case Kind::cron:
      return Cron{from_ms(reader.number())};
    case Kind::tell:
      return Tell{};
    case Kind::publish:
      return Publish{};
    case Kind::take_backlog:
      return TakeBacklog{};
    case Kind::append:
      return Append{reader.rest()};
    case Kind::merge_copies:
      return read_merge(reader);
  }
  return std::nullopt;
}

std::optional<Trigger> decode_trigger(std::string_view bytes) {
  FrameReader reader(bytes);
  auto trigger = read_trigger(reader);
  return reader.bad() ? std::nullopt : trigger;
}

void write(FrameWriter& writer, const Cron& cron) {
  writer.number(to_ms(cron.scheduled));
}
void write(FrameWriter&, const Tell&) {}
void write(FrameWriter&, const Publish&) {}
void write(FrameWriter&, const TakeBacklog&) {}
void write(FrameWriter& writer, const Append& append) {
  writer.rest(append.batch);
}

Trigger trigger_of(FollowUp follow_up) {
  switch (follow_up) {
    case FollowUp::tell:
      return Tell{};
    case FollowUp::publish:
      return Publish{};
    case FollowUp::take_backlog:
      break;
  }
  return TakeBacklog{};
}

void read_documents(FrameReader& reader, Event& event) {
  for (Document& document : event.documents) {
    const uint8_t state = std::min<uint8_t>(reader.u8(), 4);
    document.state = static_cast<Document::State>(state);
    if (has_bytes(document)) document.bytes = reader.text();
  }
}

void read_rows(FrameReader& reader, Event& event) {
  reader.repeat([&] { event.ranges.push_back({std::string(reader.text()), std::string(reader.text())}); });
  reader.repeat([&] { event.rows.push_back({std::string(reader.text()), reader.text()}); });
}

void read_results(FrameReader& reader, Event& event) {
  reader.repeat([&] {
    const auto key = key_named(reader.text());
    const bool is_stored = reader.u8() != 0;
    if (key) event.results.push_back({*key, is_stored});
  });
  reader.repeat([&] {
    event.answers.push_back({.status = static_cast<int>(reader.u32()),
                             .error = std::string(reader.text()),
                             .retry_after = std::string(reader.text()),
                             .body = reader.text()});
  });
}

class Encoder {
 public:
  explicit Encoder(const Event& event) : event_(event) {}

  EncodedOutcome encode(const Outcome& outcome) {
    header_.u8(static_cast<uint8_t>(outcome.index()));
    std::visit([&](const auto& one) { write(one); }, outcome);
    out_.header = header_.take();
    return std::move(out_);
  }

 private:
  void write(const Ask& ask) {
    write_session(ask.session);
    write_rows(ask.writes);
    header_.u32(ask.documents.size());
    for (const Key key : ask.documents) header_.text(key_name(key)).u32(key == Key::data ? ask.head : 0);
    header_.u32(ask.rows.size());
    for (const auto& [from, until] : ask.rows) header_.text(from).text(until);
    header_.u8(ask.reader_rate ? 1 : 0).u8(ask.zones ? 1 : 0);
  }

  void write(const Forward& forward) {
    write_session(forward.session);
    if (const auto* asked = std::get_if<Request>(&event_.trigger)) {
      Request request = *asked;
      request.decided = forward.decided;
      if (forward.body) request.body = *forward.body;
      return write_event(request);
    }
    write_event(event_.trigger);
  }

  void write(const Done& done) {
    write_session(done.session);
    write_rows(done.rows);
    header_.u8(done.append ? 1 : 0);
    if (done.append) write_event(Append{*done.append});
    header_.u32(done.merges.size());
    for (const auto& [key, addition] : done.merges) write_named(key_name(key), addition);
    header_.u32(done.puts.size());
    for (const Put& put : done.puts) write_put(put);
    header_.u32(done.sends.size());
    for (const Send& send : done.sends) write_send(send);
    header_.text(done.continuation).u32(done.follow_ups.size());
    for (const FollowUp one : done.follow_ups) write_event(trigger_of(one));
    write_reply(done.reply);
    header_.u8(done.limited ? 1 : 0);
    if (done.limited) write_reply(*done.limited);
    write_logs(done.logs);
  }

  void write_part(std::string_view bytes) { out_.parts.push_back(bytes); }
  void write_session(const std::optional<std::string>& session) {
    header_.u8(session ? 1 : 0);
    if (session) write_part(*session);
  }
  void write_named(std::string_view name, std::string_view bytes) {
    header_.text(name);
    write_part(bytes);
  }
  void write_put(const Put& put) {
    write_named(key_name(put.key), put.bytes);
    write_part(put.kept.bytes);
    write_part(put.rest);
  }
  void write_event(const Trigger& trigger) { write_part(out_.events.emplace_back(encode_trigger(trigger))); }
  void write_rows(const std::vector<RowPut>& rows) {
    header_.u32(rows.size());
    for (const auto& [key, bytes] : rows) write_named(key, bytes);
  }
  void write_headers(const Headers& headers) {
    std::string lines;
    for (const auto& [name, value] : headers) lines.append(name).append("\n").append(value).append("\n");
    header_.text(lines);
  }
  void write_send(const Send& send) {
    header_.u8(static_cast<uint8_t>(send.via)).text(send.url).text(send.method);
    write_headers(send.headers);
    write_part(send.body);
  }
  void write_reply(const Reply& reply) {
    header_.u32(static_cast<size_t>(reply.status));
    write_headers(reply.headers);
    write_part(reply.body);
  }
  void write_logs(const std::vector<Log>& logs) {
    header_.u32(logs.size());
    for (const auto& [level, text, event] : logs) {
      header_.u8(static_cast<uint8_t>(level)).text(event).text(text);
    }
  }

  const Event& event_;
  FrameWriter header_{};
  EncodedOutcome out_{};
};

void write_faults(JsonWriter& json, std::string_view name, const std::vector<Fault>& faults) {
  json.key(name).begin_array();
  for (const Fault& fault : faults) json.value(sentence(fault));
  json.end_array();
}

std::string_view* file_named(ConfigureInput& input, std::string_view name) {
  if (name == "services") return &input.files.services;
  if (name == "notifications") return &input.files.notifications;
  if (name == "settings") return &input.files.settings;
  if (name == "dashboard") return &input.files.dashboard;
  if (name == "zones") return &input.files.known_zones;
  return name == "page" ? &input.page : nullptr;
}

}  // namespace

std::optional<Event> decode_event(std::string_view frame) {
  FrameReader reader(frame);
  Event event{.now = from_ms(reader.number())};
  event.utc_offset = read_utc_offsets(reader);
  event.zones = reader.text();
  event.role = static_cast<Role>(std::min<uint8_t>(reader.u8(), 2));
  event.is_refused = reader.u8() != 0;
  event.reader_rate = static_cast<ReaderRate>(std::min<uint8_t>(reader.u8(), 2));
  event.session = reader.text();
  event.continuation = reader.text();
  event.work = {reader.number(), reader.number(), reader.number(), reader.number()};
  read_documents(reader, event);
  read_rows(reader, event);
  read_results(reader, event);
  auto trigger = decode_trigger(reader.text());
  if (!trigger || reader.bad()) return std::nullopt;
  event.trigger = std::move(*trigger);
  return event;
}

std::optional<ConfigureInput> decode_configure(std::string_view frame) {
  FrameReader reader(frame);
  ConfigureInput input;
  reader.repeat([&] {
    const std::string name(reader.text());
    input.files.env[name] = reader.text();
  });
  reader.repeat([&] {
    std::string_view* file = file_named(input, reader.text());
    const std::string_view content = reader.text();
    if (file != nullptr) *file = content;
  });
  return reader.bad() ? std::nullopt : std::optional(std::move(input));
}

std::string encode_configured(const ParsedConfig& parsed) {
  JsonWriter json;
  json.begin_object();
  write_faults(json, "faults", parsed.faults);
  write_faults(json, "warnings", parsed.warnings);
  json.member("bodyLimit", kBodyLimit).member("timezone", parsed.config.notifications.timezone);
  json.member("identity", parsed.config.identity).key("zones").begin_array();
  for (const std::string& zone : parsed.config.zones) json.value(zone);
  json.end_array();
  const std::string& location = parsed.config.settings.monitoring.collector_location;
  if (!location.empty()) json.member("collectorLocation", location);
  return json.end_object().take();
}

EncodedOutcome encode_outcome(const Event& event, const Outcome& outcome) {
  return Encoder(event).encode(outcome);
}

std::string encode_trigger(const Trigger& trigger) {
  FrameWriter writer;
  writer.u8(kProtocol).u8(static_cast<uint8_t>(trigger.index()));
  std::visit([&](const auto& one) { write(writer, one); }, trigger);
  return writer.take();
}

}  // namespace hb
