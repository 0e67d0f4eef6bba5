// One message when a blackout begins, and one when it is over.
#pragma once

#include <vector>

#include "check/verdict.hpp"
#include "notify/announcement.hpp"

namespace hb {

// Brings `notified` of the state up to date.
std::vector<Announcement> blackout_notifications(const Config& config, const CheckContext& check_context,
                                                 CheckState& state);

}  // namespace hb
