// Messages to a webhook of a Microsoft Teams workflow, as an Adaptive Card.
// https://learn.microsoft.com/en-us/microsoftteams/platform/webhooks-and-connectors/how-to/add-incoming-webhook
#pragma once

#include "channels/provider_answer.hpp"
#include "channels/send.hpp"

namespace hb {

Send teams(const DeliveryAttempt& attempt);

}  // namespace hb
