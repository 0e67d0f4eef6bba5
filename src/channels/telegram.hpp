// Messages of a Telegram bot, in HTML. https://core.telegram.org/bots/api#sendmessage
#pragma once

#include "channels/provider_answer.hpp"
#include "channels/send.hpp"

namespace hb {

Send telegram(const DeliveryAttempt& attempt);

// The status that counts is in the body.
Meaning telegram_meaning(const Channel& channel, const Answer& answer, const Json* json);

}  // namespace hb
