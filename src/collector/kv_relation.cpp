#include "collector/kv_relation.hpp"

namespace hb {
namespace {

bool is_lost(const CollectorStatus& collector_status, const Document& stored,
             const MonitorDocument& monitor_document) {
  if (!collector_status.last_day) return false;  // nothing was put
  return stored.state == Document::State::absent ||
         monitor_document.history().last_day < *collector_status.last_day;
}

}  // namespace

KvRelation kv_relation(const CollectorStatus& collector_status, const Document& stored,
                       const MonitorDocument& monitor_document, Time now) {
  if (stored.state == Document::State::failed || monitor_document.is_newer()) return KvRelation::own;
  if (!is_own_revision(collector_status, plausible_revision(monitor_document.revision, now)))
    return KvRelation::foreign;
  if (!is_lost(collector_status, stored, monitor_document)) return KvRelation::own;
  return collector_status.lost && now - *collector_status.lost >= kLossWaits ? KvRelation::accepted
                                                                             : KvRelation::lost;
}

}  // namespace hb
