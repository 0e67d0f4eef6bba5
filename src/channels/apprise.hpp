// Messages to an Apprise API, which hands them on to whatever is configured there.
// https://github.com/caronc/apprise-api#api-details
#pragma once

#include "channels/provider_answer.hpp"
#include "channels/send.hpp"

namespace hb {

Send apprise(const DeliveryAttempt& attempt);

// 204: nothing is configured under the key.
Meaning apprise_meaning(const Channel& channel, const Answer& answer, const Json* json);

}  // namespace hb
