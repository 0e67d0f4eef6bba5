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

KvRelation kv_relation(const CollectorStatus& collector_status, const Document& stored,
                       const MonitorDocument& monitor_document, Time now);

}  // namespace hb
