// What each type of channels does with a message, one row a type. What the configuration knows of it is its
// row in config/channel_types.hpp.
#pragma once

#include <string_view>

#include "channels/provider_answer.hpp"
#include "channels/send.hpp"

namespace hb {

struct Provider {
  std::string_view type{};
  Send (*make)(const DeliveryAttempt& attempt) = nullptr;
  // What an answer means that is not to be taken as it came; `json` is its body, or null. No function: all
  // are.
  Meaning (*meaning)(const Channel& channel, const Answer& answer, const Json* json) = nullptr;
};

// Null when there is no such type.
const Provider* provider_of(const Channel& channel);

}  // namespace hb
