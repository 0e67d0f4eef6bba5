#include "incidents.hpp"

#include <algorithm>

namespace hb {
namespace {

bool is_trouble(Status status) {
  return status == Status::down || status == Status::degraded;
}

}  // namespace

std::vector<Incident> incidents_of(std::span<const Alert> alerts) {
  std::vector<Incident> incidents;
  for (auto alert = alerts.rbegin(); alert != alerts.rend(); ++alert) {
    const auto status = status_named(alert->status);
    if (!status) continue;
    Incident* open = incidents.empty() || incidents.back().end ? nullptr : &incidents.back();
    if (open != nullptr && open->status == *status) continue;
    if (open != nullptr) open->end = alert->timestamp;
    if (is_trouble(*status)) incidents.push_back({*status, alert->timestamp, std::nullopt, alert->message});
  }
  std::reverse(incidents.begin(), incidents.end());
  return incidents;
}

}  // namespace hb
