// Rows of the collector that a later version of this program wrote: they are left as they are.
#pragma once

#include <string>
#include <string_view>

#include "event.hpp"

namespace hb {

// The version of rows that this program writes, which therefore says nothing of it. One that an earlier
// program could not read says so in front, as in {"version":2,…}; members that are merely added need no
// version.
inline constexpr int64_t kRowVersion = 1;

// The key of such a row among those that the event has read; empty when there is none.
std::string later_row(const Event& event);

// What an event comes to that would have to change such a row: nothing is written. The log says so once,
// which the memo remembers.
Outcome left_alone(const Event& event, const std::string& row);

}  // namespace hb
