// The last message about services that are not monitored any more.
#pragma once

#include <vector>

#include "check/verdict.hpp"
#include "notify/announcement.hpp"

namespace hb {

// Closes what people know of the inactive services, and forgets that they knew.
std::vector<Announcement> inactive_notifications(const Config& config, const CheckContext& check_context,
                                                 CheckState& state);

}  // namespace hb
