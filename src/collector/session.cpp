#include "collector/session.hpp"

#include "collector/write_ahead_log.hpp"
#include "text/frame.hpp"

namespace hb {
namespace {

Publishing read_publishing(FrameReader& reader) {
  return {.since = from_ms(reader.number()),
          .revision = reader.number(),
          .checkpointed = reader.number(),
          .alerts = reader.number(),
          .last_day = Day{std::chrono::days{reader.number()}},
          .histories = reader.number()};
}

void write(FrameWriter& writer, const Publishing& publishing) {
  writer.number(to_ms(publishing.since))
      .number(publishing.revision)
      .number(publishing.checkpointed)
      .number(publishing.alerts);
  writer.number(publishing.last_day.time_since_epoch().count()).number(publishing.histories);
}

Tally read_refused(FrameReader& reader) {
  Tally tally;
  reader.repeat([&] {
    const std::string name(reader.text());
    tally[name] = reader.number();
  });
  return tally;
}

void write(FrameWriter& writer, const Tally& tally) {
  writer.u32(tally.size());
  for (const auto& [name, count] : tally) writer.text(name).number(count);
}

bool can_be(const Session& session) {
  const int64_t tail = session.next - session.checkpointed - 1;
  return session.checkpointed >= 0 && tail >= 0 && tail <= kWriteAheadCapacity;
}

}  // namespace

Session read_session(std::string_view bytes) {
  if (bytes.empty()) return {};
  FrameReader reader(bytes);
  Session session{.is_open = reader.u8() != 0,
                  .checkpointed = reader.number(),
                  .next = reader.number(),
                  .size = reader.number(),
                  .heartbeats = reader.number(),
                  .counted = {reader.number(), reader.number(), reader.number(), reader.number()},
                  .refused = read_refused(reader),
                  .deliveries = {reader.number(), reader.number()},
                  .readers = {Day{std::chrono::days{reader.number()}}, reader.number(), reader.number()}};
  if (reader.u8() != 0) session.publishing = read_publishing(reader);
  session.later_row = reader.text();
  return reader.bad() || !can_be(session) ? Session{} : session;
}

std::string write_session(const Session& session) {
  FrameWriter writer;
  writer.u8(session.is_open ? 1 : 0).number(session.checkpointed).number(session.next);
  writer.number(session.size).number(session.heartbeats);
  const auto& [requests, errors, rows_written, rows_read] = session.counted;
  writer.number(requests).number(errors).number(rows_written).number(rows_read);
  write(writer, session.refused);
  writer.number(session.deliveries.sent).number(session.deliveries.failed);
  const auto& [day, documents, forwarded] = session.readers;
  writer.number(day.time_since_epoch().count()).number(documents).number(forwarded);
  writer.u8(session.publishing ? 1 : 0);
  if (session.publishing) write(writer, *session.publishing);
  return writer.text(session.later_row).take();
}

}  // namespace hb
