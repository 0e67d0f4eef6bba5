// recent:alerts: what happened lately, newest first, one entry per alert or change of a service.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "config/config.hpp"
#include "event/event.hpp"

namespace hb {

struct Alert {
  std::string id{};
  std::string title{};
  std::string message{};
  std::string severity{};  // critical, warning or info
  std::string source{};
  std::string status{};  // of a service's change its new status
  Time timestamp{};
  std::string service_id{};  // empty: of no service
  std::string labels{};      // a JSON object, or empty
  std::string url{};
  // Without the collector: the channels that have accepted an alert from outside. It is not for readers.
  std::vector<std::string> accepted{};

  bool operator==(const Alert&) const = default;
};

// In the stored shape.
std::string write_alerts(std::span<const Alert> alerts);

// Newest first, whatever their order in the document. Entries that are no alerts are left out.
std::vector<Alert> read_alerts(std::string_view bytes);

struct MergedAlerts {
  std::string bytes{};
  bool damaged = false;  // a copy could be read only in part
};

// Joins copies of the document: union by id, of two with one id the earlier stays, with all channels that
// have accepted either; newest first, trimmed to the configured age and count.
MergedAlerts merge_alerts(const AlertHistory& limits, Time now, std::span<const std::string_view> copies);

// Prints an alert as the API shows it.
class JsonWriter;
void print_alert(JsonWriter& json, const Alert& alert);

}  // namespace hb
