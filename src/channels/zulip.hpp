// Messages to a channel of Zulip, one topic for each service.
// https://zulip.com/api/send-message
#pragma once

#include "channels/provider_answer.hpp"
#include "channels/send.hpp"

namespace hb {

Send zulip(const DeliveryAttempt& attempt);

}  // namespace hb
