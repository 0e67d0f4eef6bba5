#include "collector/storage_faults.hpp"

#include <algorithm>

#include "collector/checkpoint.hpp"
#include "collector/rows.hpp"
#include "collector/write_ahead_log.hpp"
#include "text/whole_json.hpp"

namespace hb {
namespace {

// Entries that the last check had seen, or that others follow, and that are not there.
int64_t missing_entries(const Event& event, const Session& session, const CollectorStatus& collector_status) {
  const int64_t cut = std::max<int64_t>(collector_status.next - session.next, 0);
  const int64_t expected = session.next - session.checkpointed - 1;
  return cut + expected - static_cast<int64_t>(tail_rows(event, session).size());
}

bool is_damaged(std::string_view row) {
  return !row.empty() && !is_whole_json(row);
}

}  // namespace

std::vector<std::string> storage_faults(const Event& event, const Session& session,
                                        const CollectorStatus& collector_status, const CheckState& state) {
  std::vector<std::string> faults;
  if (!collector_status.scheduled) return faults;  // it has never checked
  if (read_checkpoint(event.row(kLatestRow)).checkpointed < collector_status.published_through)
    faults.push_back("the last heartbeats (they are as KV has them) and the list of the heartbeat log");
  if (const int64_t missing = missing_entries(event, session, collector_status); missing > 0)
    faults.push_back(std::to_string(missing) + " accepted requests with heartbeats");
  if (state.is_damaged || !state.scheduled)
    faults.push_back("the state of the check (what cannot be read of it is judged anew)");
  const std::string_view alerts = event.row(kAlertsRow);
  if (is_damaged(alerts) || (alerts.empty() && collector_status.alerts > 0))
    faults.push_back("recent alerts");
  if (is_damaged(event.row(kOutboxRow))) faults.push_back("messages that no provider had accepted yet");
  return faults;
}

bool has_lost_storage(const CollectorStatus& collector_status, const CheckState& taken_over) {
  return !collector_status.scheduled && taken_over.scheduled && !taken_over.outbox;
}

}  // namespace hb
