// Messages to a Discord webhook, as an embed.
// https://discord.com/developers/docs/resources/webhook#execute-webhook
#pragma once

#include "channels/send.hpp"

namespace hb {

Send discord(const DeliveryAttempt& attempt);

}  // namespace hb
