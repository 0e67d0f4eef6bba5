#include "check/incidents.hpp"

#include <algorithm>

namespace hb {

std::vector<Incident> incidents_of(std::span<const Change> changes) {
  std::vector<Incident> incidents;
  for (const auto& [at, status, message] : changes) {
    Incident* open = incidents.empty() || incidents.back().end ? nullptr : &incidents.back();
    if (open != nullptr && open->status == status) continue;
    if (open != nullptr) {
      open->end = at;
      if (message.starts_with(kTook)) open->message += (open->message.empty() ? "" : "; ") + message;
    }
    if (is_problem(status)) incidents.push_back({status, at, std::nullopt, message});
  }
  std::reverse(incidents.begin(), incidents.end());
  return incidents;
}

std::vector<Change> changes_of(std::span<const Alert> alerts) {
  std::vector<Change> changes;
  for (auto alert = alerts.rbegin(); alert != alerts.rend(); ++alert) {
    const auto status = status_named(alert->status);
    if (status) changes.push_back({alert->timestamp, *status, alert->message});
  }
  return changes;
}

}  // namespace hb
