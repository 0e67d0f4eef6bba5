// Text messages to a phone, through Twilio.
// https://www.twilio.com/docs/messaging/api/message-resource#create-a-message-resource
#pragma once

#include "channels/provider_answer.hpp"
#include "channels/send.hpp"

namespace hb {

Send twilio(const DeliveryAttempt& attempt);

}  // namespace hb
