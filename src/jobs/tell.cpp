// Telling in the collector, after a check: what waits in the outbox and is due is sent.

#include "collector/ring.hpp"
#include "collector/rows.hpp"
#include "event/handlers.hpp"
#include "jobs/dispatch.hpp"

namespace hb {
namespace {

Done sending(const Config& config, const Event& event) {
  const std::string_view stored = event.row(kOutboxRow);
  Outbox outbox = read_outbox(stored);
  Done done;
  done.continuation = write_tickets(hand_out(config, event, outbox, done));
  add_ping(config, done);
  std::string bytes = write_outbox(outbox);
  if (bytes != stored) done.rows.push_back({kOutboxRow, std::move(bytes)});
  return done;
}

Done settling(const Config& config, const Event& event, Session& session) {
  Done done;
  const std::vector<Ticket> tickets = read_tickets(event.continuation);
  settle_row(config, event, tickets, session, done);
  note_ping(event, tickets.size(), done);
  return done;
}

}  // namespace

Outcome tell(const Context& context) {
  const auto& [config, page, event, session] = context;
  return event.answers.empty() ? sending(config, event) : settling(config, event, session);
}

}  // namespace hb
