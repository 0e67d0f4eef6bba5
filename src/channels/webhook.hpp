// Messages as JSON to an address of the user's own, signed when there is a SIGNINGSECRET.
// https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md
#pragma once

#include <string>
#include <string_view>

#include "channels/send.hpp"

namespace hb {

Send webhook(const DeliveryAttempt& attempt);

// "v1,…", over the id, the time in seconds and the body.
std::string webhook_signature(std::string_view key, std::string_view id, int64_t seconds,
                              std::string_view body);

}  // namespace hb
