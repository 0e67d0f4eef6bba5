// The last word about services that are not watched any more.
#pragma once

#include <vector>

#include "check/verdict.hpp"
#include "notify/announcement.hpp"

namespace hb {

// Closes what people know of the inactive services, and forgets that they knew.
std::vector<Announcement> inactive_news(const Config& config, const Moment& moment, CheckState& state);

}  // namespace hb
