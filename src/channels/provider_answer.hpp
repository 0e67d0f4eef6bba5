// What a provider's answer means for the message that was sent.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "config/config.hpp"
#include "event/event.hpp"
#include "text/json_fwd.hpp"

namespace hb {

enum class DeliveryResult {
  accepted,
  later,    // try the same again
  broken,   // the channel needs somebody to repair it: a wrong credential, in whatever status that is said
  refused,  // this message: resend it once, as plain text
};

struct Received {
  DeliveryResult result = DeliveryResult::accepted;
  std::optional<Time> not_before{};  // of `later`, when the provider said so; within an hour
  // Why, without secrets: the status, and behind it a short text of the provider's. Empty when accepted.
  std::string words{};

  bool operator==(const Received&) const = default;
};

// What a type of channels makes of an answer.
struct Meaning {
  int status = 0;                          // that of the body where a 200 has an error in it
  std::optional<DeliveryResult> result{};  // where it is not as the status says
  std::string words{};                     // our own, in place of the provider's
};

bool is_good(const Answer& answer);  // 2xx

// Whether the member of this name is there and false.
bool says_no(const Json& json, std::string_view name);

Received received(const Config& config, const Channel& channel, const Answer& answer, Time now);

// Of Received::words what other channels may be told: the status alone.
std::string without_the_providers_words(std::string_view words);

// How long to wait, after Retry-After: seconds, or a date as in "Sun, 22 Nov 2026 06:00:00 GMT".
std::optional<Millis> wait_of(std::string_view retry_after, Time now);

}  // namespace hb
