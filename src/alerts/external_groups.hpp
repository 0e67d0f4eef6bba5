// The formats of Alertmanager and Grafana.
#pragma once

#include <string_view>
#include <vector>

#include "alerts/external_alert.hpp"
#include "text/json_fwd.hpp"

namespace hb {

// Alerts of a group, as Alertmanager sends them and Grafana after its example.
std::vector<ExternalAlert> alerts_of_group(const Json& group, std::string_view source);

ExternalAlert alert_of_legacy_grafana(const Json& json);

}  // namespace hb
