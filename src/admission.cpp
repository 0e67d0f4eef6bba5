#include "admission.hpp"

#include "secrets.hpp"

namespace hb {
namespace {

const Error kWrongKey{401, "Invalid API key"};

bool is_the_key(const Context& context, std::string_view key) {
  return equal_in_constant_time(key, context.config.secrets.alert_api_key);
}

std::optional<Error> refusal(const Context& context, bool is_admitted) {
  if (context.config.secrets.alert_api_key.empty()) {
    return Error{503,
                 "This needs the secret ALERT_API_KEY; set it with: npx wrangler secret put ALERT_API_KEY"};
  }
  return is_admitted ? std::nullopt : std::optional(kWrongKey);
}

}  // namespace

bool has_the_key(const Context& context) {
  return is_the_key(context, bearer(context.event.authorization));
}

std::optional<Error> without_the_key(const Context& context) {
  return refusal(context, has_the_key(context));
}

std::optional<Error> without_the_key_of_alerts(const Context& context) {
  const std::string password = basic_password(context.event.authorization);
  return refusal(context, has_the_key(context) || is_the_key(context, password));
}

std::optional<Error> with_a_wrong_key(const Context& context) {
  const bool has_a_key = !bearer(context.event.authorization).empty();
  return has_a_key && !has_the_key(context) ? std::optional(kWrongKey) : std::nullopt;
}

}  // namespace hb
