// notifications.json: the channels, and when and how messages are sent.
#pragma once

#include "config/config.hpp"
#include "config/reader.hpp"

namespace hb {

inline constexpr Bounds kRepeatMinutes{0, 43'200};

NotificationSettings read_notifications(const Field& file);

}  // namespace hb
