// The last word about services that are not watched any more.
#pragma once

#include <vector>

#include "check/verdict.hpp"
#include "notify/announcement.hpp"

namespace hb {

// Closes what people know of the services in the state's rows away, and takes it out of these rows.
std::vector<Announcement> away_news(const Config& config, const Moment& moment, CheckState& state);

}  // namespace hb
