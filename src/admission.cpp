#include "admission.hpp"

#include "secrets.hpp"

namespace hb {
namespace {

const Error kWrongKey{401, "Invalid API key"};

}  // namespace

bool has_the_key(const Context& context) {
  return equal_in_constant_time(bearer(context.event.authorization), context.config.secrets.alert_api_key);
}

std::optional<Error> without_the_key(const Context& context) {
  if (context.config.secrets.alert_api_key.empty()) {
    return Error{503,
                 "This needs the secret ALERT_API_KEY; set it with: npx wrangler secret put ALERT_API_KEY"};
  }
  return has_the_key(context) ? std::nullopt : std::optional(kWrongKey);
}

std::optional<Error> with_a_wrong_key(const Context& context) {
  const bool has_a_key = !bearer(context.event.authorization).empty();
  return has_a_key && !has_the_key(context) ? std::optional(kWrongKey) : std::nullopt;
}

}  // namespace hb
