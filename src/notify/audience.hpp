// Which channels take messages about a service, and of which events.
#pragma once

#include <string_view>
#include <vector>

#include "config/config.hpp"
#include "documents/last_heartbeat.hpp"
#include "documents/notified.hpp"
#include "notify/announcement.hpp"

namespace hb {

// Enabled channels only, in the order of the configuration. Switched-off notifications are not looked at.
std::vector<const Channel*> channels_of(const Config& config, const Service& service);

// The channel of this name, or null; the second only when it is enabled.
const Channel* configured_channel(const Config& config, std::string_view name);
const Channel* find_channel(const Config& config, std::string_view name);

bool is_muted(const Config& config, const Service& service);

// The message for every channel that was notified of the problem, also when it is not there any more.
std::vector<Announcement> to_notified_channels(const Notified& notified, const Message& message);

// Whether the channel takes it that the service became up, degraded or down.
bool takes(const Service& service, const Channel& channel, Status status);

}  // namespace hb
