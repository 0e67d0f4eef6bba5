// A problem that is over, as it is stored in what is pending and in messages: ["down",from,to].
#pragma once

#include <vector>

#include "documents/last_heartbeat.hpp"

namespace hb {

inline constexpr size_t kMaxUnreportedOutages = 10;

// A problem that was over before anybody was notified.
struct UnreportedOutage {
  Status status = Status::down;
  Time from{};
  Time to{};

  bool operator==(const UnreportedOutage&) const = default;
};

class Cursor;
class JsonWriter;

void print_outages(JsonWriter& json, const std::vector<UnreportedOutage>& outages);

// The next value; where it is damaged, the cursor is bad.
UnreportedOutage read_outage(Cursor& cursor);

// Each once, oldest first. The answer is how many of the oldest were left out, since only the last
// kMaxUnreportedOutages are kept.
int join(std::vector<UnreportedOutage>& outages, const std::vector<UnreportedOutage>& more);

}  // namespace hb
