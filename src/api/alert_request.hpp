// What a post of alerts has to have before anything is read for it.
#pragma once

#include <optional>

#include "event/context.hpp"
#include "event/http.hpp"

namespace hb {

// The key, and then a body with at least one alert.
std::optional<Error> require_alert_key_and_alerts(const Context& context);

}  // namespace hb
