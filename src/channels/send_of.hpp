// The call that tells one message through one channel.
#pragma once

#include <optional>
#include <string>
#include <variant>

#include "channels/send.hpp"
#include "event/http.hpp"

namespace hb {

// Why nothing can be sent through the channel until somebody repairs it: a missing credential, or one that is
// of no use. It names the secret, never its value.
std::optional<std::string> channel_fault(const Config& config, const Channel& channel);

// The call, or, as a 409, the fault of the channel.
std::variant<Send, Error> send_of(const Config& config, const Channel& channel, const Message& message,
                                  const Attempt& attempt);

}  // namespace hb
