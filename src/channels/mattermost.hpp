// Messages to an incoming webhook of Mattermost or of Rocket.Chat, which take the same attachments.
// https://developers.mattermost.com/integrate/webhooks/incoming/
#pragma once

#include "channels/provider_answer.hpp"
#include "channels/send.hpp"

namespace hb {

Send mattermost(const DeliveryAttempt& attempt);

// https://docs.rocket.chat/docs/integrations
Send rocketchat(const DeliveryAttempt& attempt);

}  // namespace hb
