// What the routes that only read have in common.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "config/config.hpp"
#include "event/event.hpp"
#include "event/http.hpp"

namespace hb {

// The answer when a document of the route could not be read.
std::optional<Reply> unreadable(const Event& event);

// The service that `serviceId` names, also by a previous id, as its position in Config::services.
std::variant<size_t, Error> requested_service(const Config& config, const Query& query);
// The services of every `serviceId`, each once, in the order of the request; none when none is named.
std::variant<std::vector<size_t>, Error> requested_services(const Config& config, const Query& query);

// The parts of a list such as "a, b", without blanks around them and without empty ones.
std::vector<std::string> comma_separated(std::string_view list);

}  // namespace hb
