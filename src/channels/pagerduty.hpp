// Events to PagerDuty, which open and close incidents.
// https://developer.pagerduty.com/docs/send-alert-event
#pragma once

#include "channels/send.hpp"

namespace hb {

// Only what is over resolves; everything else triggers, a degraded service as a warning.
Send pagerduty(const DeliveryAttempt& attempt);

// The message's own key, or one of 255 units that is as good as the whole when that is longer.
std::string pagerduty_key(const Message& message);

}  // namespace hb
