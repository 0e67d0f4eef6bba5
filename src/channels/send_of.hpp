// The call that sends one message through one channel.
#pragma once

#include <variant>

#include "channels/send.hpp"
#include "event/http.hpp"

namespace hb {

// The call, or, as a 409, the fault of the channel.
std::variant<Send, Error> send_of(const Config& config, const Channel& channel, const Message& message,
                                  const SendOptions& options);

}  // namespace hb
