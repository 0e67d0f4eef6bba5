#include "api/alert_request.hpp"

#include "alerts/alert_body.hpp"
#include "api/authorization.hpp"

namespace hb {

std::optional<Error> require_alert_key_and_alerts(const Context& context) {
  if (auto error = require_alert_key_or_password(context)) return error;
  if (context.request().is_body_unread) return std::nullopt;
  auto found = find_alerts(context.request().body);
  auto* error = std::get_if<Error>(&found);
  return error == nullptr ? std::nullopt : std::optional(std::move(*error));
}

}  // namespace hb
