// The job `take_backlog`, in the collector, after a check: the next alerts of the backlog are taken in.

#include "alerts/backlog.hpp"
#include "collector/rows.hpp"
#include "collector/write_ahead_log.hpp"
#include "event/handlers.hpp"
#include "jobs/alert_intake.hpp"

namespace hb {
namespace {

std::optional<Range> backlog_range(const Event& event) {
  const CollectorStatus status = read_collector_status(event.row(kCollectorStatusRow), event.now);
  if (status.backlog_from >= status.backlog_until) return std::nullopt;
  return Range{backlog_row(status.backlog_from)};
}

// What was posted of the alert since then counts: it was, or will be, announced.
bool is_still_so(const KnownAlert* known, const ExternalAlert& alert, std::optional<Time> again) {
  if (known == nullptr || alert.fingerprint.empty()) return true;
  return known->is_resolved == alert.is_resolved && known->starts_at == alert.starts_at &&
         known->again == again;
}

void take(const Config& config, const Backlog& backlog, AlertIntake& intake) {
  for (size_t i = 0; i < backlog.body.alerts.size(); ++i) {
    const ExternalAlert alert = alert_at(config.settings.severities, backlog.body, i);
    const std::optional<Time> again = backlog.again_at(i);
    intake.enter(alert, again, backlog.posted);
    if (is_still_so(intake.known().find(alert_key(alert)), alert, again))
      intake.announce(alert, backlog.posted);
  }
}

Done taking(const Config& config, const Event& event, const Range& row) {
  Done done;
  AlertIntake intake(config, event);
  if (!intake.has_room()) return done;
  if (const auto backlog = read_backlog(event.row(row.from), event.now)) {
    take(config, *backlog, intake);
  } else {
    done.logs.push_back({Level::error, row.from + " cannot be read; its alerts are lost", "backlog-lost"});
  }
  for (const auto& [name, reason] : intake.unfit())
    done.logs.push_back({Level::warn, "An alert asks for the channel " + name + ": " + reason, "no-channel"});
  ++intake.status().backlog_from;
  done.continuation = write_delivery_ids(intake.send(done));
  intake.put_rows(done);
  return done;
}

}  // namespace

Reads reads_to_take_backlog(const Context& context) {
  const Event& event = context.event;
  if (!event.answers.empty()) return {.rows = {{kOutboxRow}}};
  if (!event.has_read({kCollectorStatusRow})) return {.rows = {{kCollectorStatusRow}}, .is_complete = false};
  const auto row = backlog_range(event);
  if (!row) return {.rows = {{kCollectorStatusRow}}};
  Reads reads{.rows = intake_rows()};
  reads.rows.push_back(kAllKnownRows);
  reads.rows.push_back(*row);
  return reads;
}

Outcome take_backlog(const Context& context) {
  const auto& [config, page, event, session] = context;
  if (!event.answers.empty()) {
    Done done;
    record_results_in_row(config, event, read_delivery_ids(event.continuation), session, done);
    return done;
  }
  const auto row = backlog_range(event);
  return row ? taking(config, event, *row) : Done{};
}

}  // namespace hb
