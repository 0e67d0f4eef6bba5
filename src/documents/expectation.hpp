// When a service is expected next, as the state of the check and the summary of monitor:data have it:
//
//   [identity of the schedule, when it was heard or expectation began, when it is expected, how many ms early it may be]
#pragma once

#include <optional>

#include "text/cursor.hpp"
#include "text/json_writer.hpp"
#include "text/time.hpp"

namespace hb {

struct Expectation {
  uint32_t schedule = 0;
  Time heard{};  // it was found for this time
  Time at{};
  Millis early{};

  bool operator==(const Expectation&) const = default;
};

// Absent when the list that comes next is none of an expectation; the cursor is bad then.
std::optional<Expectation> read_expectation(Cursor& cursor);
void print_expectation(JsonWriter& json, const Expectation& expectation);

}  // namespace hb
