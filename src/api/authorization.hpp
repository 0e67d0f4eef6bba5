// The routes' checks of ALERT_API_KEY. A heartbeat's own key is its handler's matter.
#pragma once

#include <optional>

#include "event/context.hpp"
#include "event/http.hpp"

namespace hb {

// Refuses requests without the key.
std::optional<Error> require_alert_key(const Context& context);

// The same for a sender of alerts, which may have the key as the password of Basic authentication.
std::optional<Error> require_alert_key_or_password(const Context& context);

// Lets requests without a key pass; a request with a key expects to see more, and is refused when it is not
// the right one.
std::optional<Error> reject_wrong_key(const Context& context);

// Whether the logs may show all that they have; where the edge has decided that, as it has.
bool sees_metadata(const Context& context);

// Whether it is no stranger who asks; where the edge has decided that, as it has.
bool has_alert_key(const Context& context);

// Of a request whose Authorization has no key that could be looked at. It tells how to send one, and repeats
// nothing that may be a key.
Error no_key(std::string_view authorization);

}  // namespace hb
