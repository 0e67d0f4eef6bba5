// The last message about services that are not monitored any more.
#pragma once

#include <vector>

#include "check/verdict.hpp"
#include "notify/announcement.hpp"

namespace hb {

// Resolves by removal the problems of inactive services that people were notified of, and clears `notified`.
std::vector<Announcement> inactive_notifications(const Config& config, const CheckContext& check_context,
                                                 CheckState& state);

}  // namespace hb
