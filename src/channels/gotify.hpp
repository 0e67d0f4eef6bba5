// Messages to a Gotify server.
// https://gotify.net/docs/pushmsg
#pragma once

#include "channels/provider_answer.hpp"
#include "channels/send.hpp"

namespace hb {

Send gotify(const DeliveryAttempt& attempt);

}  // namespace hb
