// What of the collector's storage is missing or damaged, in the words of an alert.
#pragma once

#include <string>
#include <vector>

#include "collector/collector_status.hpp"
#include "collector/session.hpp"
#include "documents/state.hpp"
#include "event/event.hpp"

namespace hb {

// What a check finds, of the rows that it reads. `state` is the collector's own.
std::vector<std::string> storage_faults(const Event& event, const Session& session,
                                        const CollectorStatus& collector_status, const CheckState& state);

// Whether all of it is gone: an empty collector finds in KV what a collector, and no Worker without one, has put.
bool has_lost_storage(const CollectorStatus& collector_status, const CheckState& taken_over);

}  // namespace hb
