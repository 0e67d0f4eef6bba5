#include "notify/announcements.hpp"

#include <algorithm>
#include <iterator>

#include "notify/blackout_notifications.hpp"
#include "notify/inactive_notifications.hpp"
#include "notify/service_notifications.hpp"

namespace hb {
namespace {

class Announcer {
 public:
  Announcer(const Config& config, const CheckState& before, std::span<const LastHeartbeat> last_heartbeats,
            const CheckContext& check_context, const HeartbeatLookup& heartbeat_lookup, Verdict& verdict)
      : config_(config),
        before_(before),
        last_heartbeats_(last_heartbeats),
        check_context_(check_context),
        heartbeat_lookup_(heartbeat_lookup),
        verdict_(verdict) {}

  std::vector<Announcement> run() {
    add(blackout_notifications(config_, check_context_, verdict_.state));
    add(inactive_notifications(config_, check_context_, verdict_.state));
    for (size_t i = 0; i < config_.services.size(); ++i) {
      if (config_.services[i].enabled) follow(i);
    }
    if (!out_.empty()) verdict_.has_changed = true;
    return std::move(out_);
  }

 private:
  void add(std::vector<Announcement> more) { std::move(more.begin(), more.end(), std::back_inserter(out_)); }

  // They are in the order of the services.
  std::span<const ServiceChange> changes_of(size_t service) {
    const auto& all = verdict_.changes;
    while (next_change_ < all.size() && all[next_change_].service < service) ++next_change_;
    size_t end = next_change_;
    while (end < all.size() && all[end].service == service) ++end;
    return std::span(all).subspan(next_change_, end - next_change_);
  }

  void follow(size_t i) {
    const Service& service = config_.services[i];
    ServiceState& row = verdict_.state.services[i];
    const ServiceCheck service_check{.config = config_,
                                     .service = service,
                                     .before = before_.services[i],
                                     .row = row,
                                     .last_heartbeat = last_heartbeats_[i],
                                     .check_context = check_context_,
                                     .heartbeat_lookup = heartbeat_lookup_,
                                     .group_troubles = group_troubles_,
                                     .changes = changes_of(i),
                                     .is_alerting_suppressed = is_alerting_suppressed(
                                         verdict_.state, forbearance(service), check_context_.scheduled)};
    if (!may_notify(service_check)) return;
    ServiceNotifications notifications = notifications_of(service_check, row.notified);
    if (notifications.notified != row.notified) verdict_.must_be_stored = true;
    row.notified = std::move(notifications.notified);
    add(std::move(notifications.announcements));
  }

  const Config& config_;
  const CheckState& before_;
  std::span<const LastHeartbeat> last_heartbeats_;
  const CheckContext& check_context_;
  const HeartbeatLookup& heartbeat_lookup_;
  Verdict& verdict_;
  GroupTroubles group_troubles_{config_, verdict_.state};
  size_t next_change_ = 0;
  std::vector<Announcement> out_{};
};

}  // namespace

std::vector<Announcement> announce(const Config& config, const CheckState& before,
                                   std::span<const LastHeartbeat> last_heartbeats,
                                   const CheckContext& check_context, const HeartbeatLookup& heartbeat_lookup,
                                   Verdict& verdict) {
  return Announcer(config, before, last_heartbeats, check_context, heartbeat_lookup, verdict).run();
}

}  // namespace hb
