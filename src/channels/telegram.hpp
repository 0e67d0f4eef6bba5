// Messages of a Telegram bot, in HTML. https://core.telegram.org/bots/api#sendmessage
#pragma once

#include "channels/send.hpp"

namespace hb {

Send telegram(const Telling& telling);

}  // namespace hb
