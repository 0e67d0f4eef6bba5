// Alerts for Grafana IRM, to an integration of the type Formatted Webhook.
// https://grafana.com/docs/grafana-cloud/alerting-and-irm/irm/configure/integrations/webhooks/incoming-webhooks/oncall-webhooks/
#pragma once

#include "channels/provider_answer.hpp"
#include "channels/send.hpp"

namespace hb {

Send grafana(const DeliveryAttempt& attempt);

}  // namespace hb
