// Messages to a Discord webhook, as an embed.
// https://discord.com/developers/docs/resources/webhook#execute-webhook
#pragma once

#include "channels/send.hpp"

namespace hb {

Send discord(const DeliveryAttempt& attempt);

// So that Discord shows it as it is.
void append_discord(std::string& out, std::string_view text);

}  // namespace hb
