// Which channels hear of a service, and of what.
#pragma once

#include <string_view>
#include <vector>

#include "config/config.hpp"
#include "documents/heard.hpp"
#include "documents/notified.hpp"
#include "notify/announcement.hpp"

namespace hb {

// Enabled channels only, in the order of the configuration. Switched-off notifications are not looked at.
std::vector<const Channel*> channels_of(const Config& config, const Service& service);

// Null when there is no such channel, or it is disabled.
const Channel* find_channel(const Config& config, std::string_view name);

bool is_muted(const Config& config, const Service& service);

// The message for every channel that was told of the trouble, and is still there.
std::vector<Announcement> to_all_that_know(const Config& config, const Notified& notified,
                                           const Message& message);

// Whether the channel is told that the service became up, degraded or down.
bool takes(const Service& service, const Channel& channel, Status status);

}  // namespace hb
