// Messages to a topic of ntfy, of ntfy.sh or a server of one's own.
// https://docs.ntfy.sh/publish/#publish-as-json
#pragma once

#include "channels/provider_answer.hpp"
#include "channels/send.hpp"

namespace hb {

Send ntfy(const DeliveryAttempt& attempt);

}  // namespace hb
