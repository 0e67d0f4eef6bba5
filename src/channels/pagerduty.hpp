// Events to PagerDuty, which open and close incidents.
// https://developer.pagerduty.com/docs/send-alert-event
#pragma once

#include "channels/send.hpp"

namespace hb {

// Only what is over resolves; everything else triggers, a degraded service as a warning.
Send pagerduty(const DeliveryAttempt& attempt);

}  // namespace hb
