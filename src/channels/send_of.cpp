#include "channels/send_of.hpp"

#include "channels/providers.hpp"
#include "config/channel_types.hpp"
#include "message/neutral.hpp"

namespace hb {

std::variant<Send, Error> send_of(const Config& config, const Channel& channel, const Message& message,
                                  const SendOptions& options) {
  if (auto fault = channel_fault(config, channel)) return Error{409, *std::move(fault)};
  const Provider* provider = provider_of(channel);
  if (provider == nullptr) return Error{500, "There is no such type of channel"};
  const Message words = neutral(message);
  return provider->make({config, channel, words, options});
}

}  // namespace hb
