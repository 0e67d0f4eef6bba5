// Which messages about one service follow from a check.
#pragma once

#include <span>
#include <vector>

#include "check/verdict.hpp"
#include "config/config.hpp"
#include "documents/notified.hpp"
#include "notify/announcement.hpp"
#include "notify/announcement_texts.hpp"

namespace hb {

// A service in one check: as it was and as it is.
struct ServiceCheck {
  const Config& config;
  const Service& service;
  const ServiceState& before;
  const ServiceState& row;
  const LastHeartbeat& last_heartbeat;
  const CheckContext& check_context;
  const HeartbeatLookup& heartbeat_lookup;
  GroupTroubles& group_troubles;
  std::span<const ServiceChange> changes{};  // of this service
  bool is_alerting_suppressed = false;       // then missing heartbeats are not announced
};

struct ServiceNotifications {
  Notified notified{};
  std::vector<Announcement> announcements{};
};

// Whether there may be anything to announce or to remember. Cheap, because most services are up and stay so.
bool may_notify(const ServiceCheck& service_check);

ServiceNotifications notifications_of(const ServiceCheck& service_check, Notified notified);

// The problem is resolved by removal: every channel that was notified of it and still exists gets the reason.
std::vector<Announcement> removal_notifications(const Config& config, const Service& service,
                                                const Notified& notified, const CheckContext& check_context,
                                                std::string_view reason);

}  // namespace hb
