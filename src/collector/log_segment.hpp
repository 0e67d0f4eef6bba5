// A segment of the heartbeat log. Its entries are grouped by service, so that one service's are found without
// reading the others.
//
//   {"requests":[{"at":1795327200000,"colo":"AMS","country":"NL","all":{…}},…],
//    "services":{"web":[0,3],"db":[0,[3,{"status":"degraded","message":"disk 91 %"}]]}}
//
// `requests` has the batches, each with what its heartbeats share; a service's entry is the position of its
// batch, with its own fields where they differ.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "documents/heartbeat_batch.hpp"

namespace hb {

// A segment with the heartbeats of these batches added; an empty or damaged `segment` is begun anew.
std::string add_to_segment(std::string_view segment, std::span<const HeartbeatBatch> batches);

// One heartbeat of a service. Views into the segment or row.
struct LogEntry {
  Time at{};
  std::string_view colo{};
  std::string_view country{};
  HeartbeatFields fields{};
};

// A service's entries, oldest first, as far as the segment can be read.
std::vector<LogEntry> entries_in_segment(std::string_view segment, std::string_view id);
std::vector<LogEntry> entries_in(std::span<const HeartbeatBatch> batches, std::string_view id);

}  // namespace hb
