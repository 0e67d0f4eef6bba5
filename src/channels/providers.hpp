// What each type of channels does with a message, one row a type. What the configuration knows of it is its
// row in config/channel_types.hpp.
#pragma once

#include <span>
#include <string_view>

#include "channels/provider_answer.hpp"
#include "channels/send.hpp"

namespace hb {

inline constexpr std::string_view kWholeBody = "*";  // of answers in plain text

struct Provider {
  std::string_view type{};
  Send (*make)(const DeliveryAttempt& attempt) = nullptr;
  // The member of its answers that says what is wrong, as in "error.message": a text, or a list of texts or of
  // objects with a "message". Empty: none is documented.
  std::string_view explains{};
  // Parts of that text, in small letters, that say in an answer such as 400 that a credential is wrong, or
  // that what it leads to is gone. Resending cannot help until somebody repairs the channel.
  std::span<const std::string_view> wrong_credentials{};
  // What an answer means that is not to be taken as it came; `json` is its body, or null. No function: all
  // are.
  Meaning (*meaning)(const Channel& channel, const Answer& answer, const Json* json) = nullptr;
};

// Null when there is no such type.
const Provider* provider_of(const Channel& channel);

}  // namespace hb
