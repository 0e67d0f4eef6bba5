// Who may ask: the routes' checks of ALERT_API_KEY. A heartbeat's own key is its handler's matter.
#pragma once

#include <optional>

#include "routes.hpp"

namespace hb {

// Only whoever has the key.
std::optional<Error> without_the_key(const Context& context);

// The same for a sender of alerts, which may have the key as the password of Basic authentication.
std::optional<Error> without_the_key_of_alerts(const Context& context);

// Everybody; but whoever sends a key expects to see more, and is told when it is not the right one.
std::optional<Error> with_a_wrong_key(const Context& context);

// Whether the logs may show all that they have; where the edge has decided that, as it has.
bool sees_metadata(const Context& context);

// Of a request whose Authorization has no key that could be looked at. It tells how to send one, and repeats
// nothing that may be a key.
Error no_key(std::string_view authorization);

}  // namespace hb
