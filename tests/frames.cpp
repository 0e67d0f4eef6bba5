#include "frames.hpp"

#include "text/frame.hpp"

namespace hb {
namespace {

class Decoder {
 public:
  explicit Decoder(const std::vector<std::string_view>& parts) : parts_(parts), header_(parts.at(0)) {}

  DecodedOutcome decode() {
    const uint8_t kind = header_.u8();
    if (kind == 0) out_.outcome = ask();
    if (kind == 1) out_.outcome = forward();
    if (kind == 2) out_.outcome = done();
    if (header_.bad() || !header_.rest().empty() || next_ != parts_.size()) std::abort();
    return std::move(out_);
  }

 private:
  std::string part() { return std::string(parts_.at(next_++)); }
  std::string text() { return std::string(header_.text()); }
  std::optional<std::string> optional_part() {
    return header_.u8() != 0 ? std::optional(part()) : std::nullopt;
  }
  Put put() {
    Put put{.key = key(), .bytes = part()};
    for (int i = 0; i < 2; ++i) put.bytes += part();
    return put;
  }
  Key key() { return key_named(header_.text()).value(); }

  Ask ask() {
    Ask ask{.session = optional_part()};
    header_.repeat([&] { ask.writes.push_back({text(), part()}); });
    header_.repeat([&] {
      ask.documents.push_back(key());
      const size_t head = header_.u32();
      if (ask.documents.back() == Key::data) ask.head = head;
    });
    header_.repeat([&] { ask.rows.push_back({text(), text()}); });
    ask.reader_rate = header_.u8() != 0;
    ask.zones = header_.u8() != 0;
    return ask;
  }

  Forward forward() {
    Forward out{.session = optional_part()};
    out_.for_collector = part();
    return out;
  }

  Done done() {
    Done done{.session = optional_part()};
    header_.repeat([&] { done.rows.push_back({text(), part()}); });
    if (header_.u8() != 0) done.append = out_.for_collector = part();
    header_.repeat([&] { done.merges.push_back({key(), part()}); });
    header_.repeat([&] { done.puts.push_back(put()); });
    header_.repeat([&] { done.sends.push_back(send()); });
    done.continuation = text();
    header_.repeat([&] { out_.follow_ups.push_back(part()); });
    done.reply = reply();
    if (header_.u8() != 0) done.limited = reply();
    header_.repeat([&] { done.logs.push_back(log()); });
    return done;
  }

  Headers headers() {
    Headers headers;
    std::string_view lines = header_.text();
    const auto line = [&] {
      const std::string one(lines.substr(0, lines.find('\n')));
      lines.remove_prefix(one.size() + 1);
      return one;
    };
    while (!lines.empty()) headers.push_back({line(), line()});
    return headers;
  }
  Send send() { return {static_cast<Via>(header_.u8()), text(), text(), headers(), part()}; }
  Reply reply() { return {static_cast<int>(header_.u32()), headers(), part()}; }
  Log log() {
    const auto level = static_cast<Level>(header_.u8());
    const std::string event = text();
    return {level, text(), event};
  }

  const std::vector<std::string_view>& parts_;
  FrameReader header_;
  size_t next_ = 1;
  DecodedOutcome out_{};
};

void write_documents(FrameWriter& writer, const Event& event) {
  for (const Document& document : event.documents) {
    writer.u8(static_cast<uint8_t>(document.state));
    if (has_bytes(document)) writer.text(document.bytes);
  }
}

void write_rows(FrameWriter& writer, const Event& event) {
  writer.u32(event.ranges.size());
  for (const auto& [from, until] : event.ranges) writer.text(from).text(until);
  writer.u32(event.rows.size());
  for (const auto& [key, bytes] : event.rows) writer.text(key).text(bytes);
}

void write_results(FrameWriter& writer, const Event& event) {
  writer.u32(event.results.size());
  for (const auto& [key, is_stored] : event.results) writer.text(key_name(key)).u8(is_stored ? 1 : 0);
  writer.u32(event.answers.size());
  for (const auto& [status, error, retry_after, body] : event.answers) {
    writer.u32(static_cast<size_t>(status)).text(error).text(retry_after).text(body);
  }
}

}  // namespace

std::string frame_of(const Event& event) {
  return frame_of(event, encode_trigger(event.trigger));
}

std::string frame_of(const Event& event, std::string_view trigger) {
  FrameWriter writer;
  writer.number(to_ms(event.now));
  writer.u32(event.utc_offset.changes().size());
  for (const auto& [from, offset] : event.utc_offset.changes())
    writer.number(to_ms(from)).number(offset.count());
  writer.text(event.zones);
  writer.u8(static_cast<uint8_t>(event.role))
      .u8(event.is_refused ? 1 : 0)
      .u8(static_cast<uint8_t>(event.reader_rate));
  writer.text(event.session).text(event.continuation);
  const auto& [requests, errors, rows_written, rows_read] = event.work;
  writer.number(requests).number(errors).number(rows_written).number(rows_read);
  write_documents(writer, event);
  write_rows(writer, event);
  write_results(writer, event);
  return writer.text(trigger).take();
}

std::string frame_of(std::span<const UtcOffsets> zones) {
  FrameWriter writer;
  writer.u32(zones.size());
  for (const UtcOffsets& zone : zones) {
    writer.u32(zone.changes().size());
    for (const auto& [from, offset] : zone.changes()) writer.number(to_ms(from)).number(offset.count());
  }
  return writer.take();
}

std::string frame_of(const ConfigFiles& files, std::string_view page) {
  FrameWriter writer;
  writer.u32(files.env.size());
  for (const auto& [name, value] : files.env) writer.text(name).text(value);
  writer.u32(6)
      .text("zones")
      .text(files.known_zones)
      .text("services")
      .text(files.services)
      .text("notifications")
      .text(files.notifications);
  writer.text("settings").text(files.settings).text("dashboard").text(files.dashboard);
  return writer.text("page").text(page).take();
}

DecodedOutcome outcome_in(const std::vector<std::string_view>& parts) {
  return Decoder(parts).decode();
}

}  // namespace hb
