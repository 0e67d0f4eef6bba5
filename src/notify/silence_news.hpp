// One message when everybody falls silent, and one when that is over.
#pragma once

#include <vector>

#include "check/verdict.hpp"
#include "notify/announcement.hpp"

namespace hb {

// Brings `notified` of the state up to date.
std::vector<Announcement> silence_news(const Config& config, const Moment& moment, CheckState& state);

}  // namespace hb
