#include "collector/kv_relation.hpp"

namespace hb {
namespace {

bool is_put_last(const CollectorStatus& collector_status, const MonitorDocument& monitor_document) {
  return monitor_document.revision == collector_status.stored_revision;
}

// A revision that cannot be read is zero.
bool has_shrunk(const CollectorStatus& collector_status, const MonitorDocument& monitor_document,
                int64_t intact) {
  const bool is_known = is_put_last(collector_status, monitor_document) || monitor_document.revision == 0;
  return is_known && intact < collector_status.histories;
}

bool is_lost(const CollectorStatus& collector_status, const Document& stored,
             const MonitorDocument& monitor_document, int64_t intact) {
  if (!collector_status.last_day) return false;  // nothing was put
  return stored.state == Document::State::absent ||
         monitor_document.history().last_day < *collector_status.last_day ||
         has_shrunk(collector_status, monitor_document, intact);
}

}  // namespace

KvRelation kv_relation(const CollectorStatus& collector_status, const Document& stored,
                       const MonitorDocument& monitor_document, int64_t intact, Time now) {
  if (stored.state == Document::State::failed || monitor_document.is_newer()) return KvRelation::own;
  if (!is_own_revision(collector_status, plausible_revision(monitor_document.revision, now)))
    return KvRelation::foreign;
  if (!is_lost(collector_status, stored, monitor_document, intact)) return KvRelation::own;
  return collector_status.lost && now - *collector_status.lost >= kLossWaits ? KvRelation::accepted
                                                                             : KvRelation::lost;
}

MonitorDocument recognized(const CollectorStatus& collector_status, MonitorDocument monitor_document) {
  const bool is_known =
      collector_status.stored_version == kMonitorDocumentVersion && collector_status.last_day;
  if (!is_known || !is_put_last(collector_status, monitor_document)) return monitor_document;
  monitor_document.version = kMonitorDocumentVersion;
  monitor_document.packed.last_day = *collector_status.last_day;
  return monitor_document;
}

}  // namespace hb
