// Telling in the collector, after a check: what waits in the outbox and is due is sent.

#include "collector_rows.hpp"
#include "dispatch.hpp"
#include "handlers.hpp"
#include "ring.hpp"

namespace hb {
namespace {

Outcome sending(const Context& context, Outbox outbox, const std::string& stored) {
  const auto& [config, page, event] = context;
  Outcome outcome;
  outcome.carry = write_tickets(hand_out(config, event, outbox, outcome));
  add_ping(config, outcome);
  std::string bytes = write_outbox(outbox);
  if (bytes != stored) outcome.rows.push_back({kOutboxRow, std::move(bytes)});
  return outcome;
}

Outcome settling(const Context& context, Outbox outbox, Memo memo) {
  const auto& [config, page, event] = context;
  Outcome outcome;
  const std::vector<Ticket> tickets = read_tickets(event.carry);
  const Settled settled = take_answers(config, event, tickets, outbox, outcome);
  note_ping(event, tickets.size(), outcome);
  if (!tickets.empty()) outcome.rows.push_back({kOutboxRow, write_outbox(outbox)});
  memo.told.sent += settled.sent;
  memo.told.failed += settled.failed;
  outcome.memo = write_memo(memo);
  return outcome;
}

}  // namespace

Outcome tell(const Context& context) {
  const Event& event = context.event;
  auto found = memo_of(event);
  if (auto* range = std::get_if<Range>(&found)) return {.needs_rows = {*range}};
  if (!event.has_read({kOutboxRow})) return {.needs_rows = {{kOutboxRow}}};
  const std::string stored(event.row(kOutboxRow));
  Outbox outbox = read_outbox(stored);
  if (!event.answers.empty()) return settling(context, std::move(outbox), std::get<Memo>(std::move(found)));
  Memo memo = std::get<Memo>(std::move(found));
  ++memo.asked;
  Outcome outcome = sending(context, std::move(outbox), stored);
  outcome.memo = write_memo(memo);
  return outcome;
}

}  // namespace hb
