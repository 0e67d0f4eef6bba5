// What monitor:data in KV is to the collector, which alone should put it. docs/notifying.md has it as a
// picture.
#pragma once

#include "collector/collector_status.hpp"
#include "documents/monitor_document.hpp"
#include "event/event.hpp"

namespace hb {

// KV may be behind, or empty, for so long before that counts as a loss. Inclusive.
inline constexpr Millis kLossWaits = 1h;

enum class KvRelation {
  own,       // what the collector put, or nothing that can be judged
  foreign,   // others put it: the next check takes it over
  lost,      // what the collector put is not there: it may come back
  accepted,  // it did not: the history begins anew
};

// `intact` is how many services have a history there that can be read: where those are fewer than were put, the
// rest is lost as well.
KvRelation kv_relation(const CollectorStatus& collector_status, const Document& stored,
                       const MonitorDocument& monitor_document, int64_t intact, Time now);

// The document, in which damage may have hidden its version and its last day: the collector knows these of what
// it put last.
MonitorDocument recognized(const CollectorStatus& collector_status, MonitorDocument monitor_document);

}  // namespace hb
