#include "notify/inactive_notifications.hpp"

#include <iterator>
#include <utility>

#include "notify/service_notifications.hpp"

namespace hb {
namespace {

// Of a service that is not configured only the id is known.
Service service_of(const Config& config, const std::string& id) {
  const Service* known = config.find(id);
  return known != nullptr ? *known : Service{.id = id, .name = id};
}

}  // namespace

std::vector<Announcement> inactive_notifications(const Config& config, const CheckContext& check_context,
                                                 CheckState& state) {
  std::vector<Announcement> out;
  for (auto& [id, row] : state.inactive) {
    if (row.notified.empty()) continue;
    const Notified notified = std::exchange(row.notified, {});
    const bool is_known = config.find(id) != nullptr;
    auto more =
        removal_notifications(config, service_of(config, id), notified, check_context,
                              is_known ? "It is disabled" : "It is not in the configuration any more");
    std::move(more.begin(), more.end(), std::back_inserter(out));
  }
  return out;
}

}  // namespace hb
