// Telling in the collector, after a check: what waits in the outbox and is due is sent.

#include "collector/ring.hpp"
#include "collector/rows.hpp"
#include "event/handlers.hpp"
#include "jobs/dispatch.hpp"

namespace hb {
namespace {

Outcome sending(const Config& config, const Event& event) {
  const std::string_view stored = event.row(kOutboxRow);
  Outbox outbox = read_outbox(stored);
  Outcome outcome;
  outcome.carry = write_tickets(hand_out(config, event, outbox, outcome));
  add_ping(config, outcome);
  std::string bytes = write_outbox(outbox);
  if (bytes != stored) outcome.rows.push_back({kOutboxRow, std::move(bytes)});
  return outcome;
}

Outcome settling(const Config& config, const Event& event, Memo& memo) {
  Outcome outcome;
  const std::vector<Ticket> tickets = read_tickets(event.carry);
  settle_row(config, event, tickets, memo, outcome);
  note_ping(event, tickets.size(), outcome);
  return outcome;
}

}  // namespace

Outcome tell(const Context& context) {
  const auto& [config, page, event] = context;
  auto found = memo_of(event);
  if (auto* range = std::get_if<Range>(&found)) return {.needs_rows = {*range}};
  if (!event.has_read({kOutboxRow})) return {.needs_rows = {{kOutboxRow}}};
  Memo memo = std::get<Memo>(std::move(found));
  Outcome outcome = event.answers.empty() ? sending(config, event) : settling(config, event, memo);
  outcome.memo = write_memo(memo);
  return outcome;
}

}  // namespace hb
