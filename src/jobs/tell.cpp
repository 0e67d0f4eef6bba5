// The job `tell`, in the collector, after a check: what is queued in the outbox and due is sent.

#include "collector/rows.hpp"
#include "collector/write_ahead_log.hpp"
#include "event/handlers.hpp"
#include "jobs/dispatch.hpp"

namespace hb {
namespace {

Done sending(const Config& config, const Event& event) {
  const std::string_view stored = event.row(kOutboxRow);
  Outbox outbox = read_outbox(stored);
  Done done;
  done.continuation = write_delivery_ids(lease(config, event, outbox, done));
  add_ping(config, done);
  std::string bytes = write_outbox(outbox);
  if (bytes != stored) done.rows.push_back({kOutboxRow, std::move(bytes)});
  return done;
}

Done recording_results(const Config& config, const Event& event, Session& session) {
  Done done;
  const std::vector<DeliveryId> delivery_ids = read_delivery_ids(event.continuation);
  record_results_in_row(config, event, delivery_ids, session, done);
  note_ping(event, delivery_ids.size(), done);
  return done;
}

}  // namespace

Outcome tell(const Context& context) {
  const auto& [config, page, event, session] = context;
  return event.answers.empty() ? sending(config, event) : recording_results(config, event, session);
}

}  // namespace hb
