// Messages to Pushover. https://pushover.net/api
#pragma once

#include "channels/provider_answer.hpp"
#include "channels/send.hpp"

namespace hb {

Send pushover(const DeliveryAttempt& attempt);

// A 200 with the status 0 in it was refused.
Meaning pushover_meaning(const Channel& channel, const Answer& answer, const Json* json);

}  // namespace hb
