// Messages to a webhook of a Google Chat space, as a card.
// https://developers.google.com/workspace/chat/quickstart/webhooks
#pragma once

#include "channels/provider_answer.hpp"
#include "channels/send.hpp"

namespace hb {

Send googlechat(const DeliveryAttempt& attempt);

}  // namespace hb
