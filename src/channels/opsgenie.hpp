// Alerts for Opsgenie or Jira Service Management, which are closed under the alias with which they were made.
// https://docs.opsgenie.com/docs/alert-api
#pragma once

#include "channels/provider_answer.hpp"
#include "channels/send.hpp"

namespace hb {

Send opsgenie(const DeliveryAttempt& attempt);

}  // namespace hb
