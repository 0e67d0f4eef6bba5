// Alerts for incident.io, to an alert source of the type HTTP.
// https://docs.incident.io/api-reference/alert-events-v2/createhttp
#pragma once

#include "channels/provider_answer.hpp"
#include "channels/send.hpp"

namespace hb {

Send incidentio(const DeliveryAttempt& attempt);

}  // namespace hb
