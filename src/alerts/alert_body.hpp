// The body of POST /api/alert: the alerts in it are found first, and each is read when it is its turn.
#pragma once

#include <optional>
#include <string_view>
#include <variant>
#include <vector>

#include "alerts/external_alert.hpp"
#include "alerts/external_fields.hpp"
#include "event/http.hpp"

namespace hb {

inline constexpr size_t kMostAlertBytes = 4 * 1024 * 1024;  // of a body

enum class AlertFormat { generic, legacy_grafana, grafana, alertmanager };

// Views into the body.
struct AlertBody {
  AlertFormat format = AlertFormat::generic;
  Fields group{};                          // everything but the alerts
  std::vector<std::string_view> alerts{};  // the text of each; of a format without groups the whole body
  size_t truncated = 0;                    // that the sender left out
};

// 413 when it is too long, 400 when it is none of the formats; else it has an alert. What is wrong inside of
// one alert of a group does not keep the others out.
std::variant<AlertBody, Error> find_alerts(std::string_view body);

// Without its texts, labels and channels: who it is, in which state, how severe, since when and until when.
ExternalAlert state_at(const Severities& added, const AlertBody& body, size_t index);

// With everything.
ExternalAlert alert_at(const Severities& added, const AlertBody& body, size_t index);

// That the sender left alerts out of the group, as the member truncatedAlerts says, as severe as the worst of
// those that it has. Of a group with all its alerts: that this is over. Absent where it does not apply.
std::optional<ExternalAlert> truncation_of(const Severities& added, const AlertBody& body);

}  // namespace hb
