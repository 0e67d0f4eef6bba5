// Rows of the collector that a later version of this program wrote: they are left as they are.
#pragma once

#include <string>
#include <string_view>

#include "collector/session.hpp"
#include "event/event.hpp"

namespace hb {

// The key of such a row among those that the event has read; empty when there is none.
std::string later_row(const Event& event);

// What an event comes to that would have to change such a row: nothing is written. The log says so once,
// which the session remembers.
Done left_alone(const std::string& row, Session& session);

}  // namespace hb
