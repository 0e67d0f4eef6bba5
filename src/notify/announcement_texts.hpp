// What announcements of a service say, in whole sentences.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "check/verdict.hpp"
#include "config/config.hpp"
#include "documents/message.hpp"
#include "documents/notified.hpp"
#include "documents/state.hpp"
#include "notify/group_troubles.hpp"

namespace hb {

// What the heartbeat log has of a service's last heartbeat.
struct LoggedHeartbeat {
  std::string colo{};      // where it entered
  std::string message{};   // empty: none
  std::string metadata{};  // a JSON object, or empty

  bool operator==(const LoggedHeartbeat&) const = default;
};

// Asked with the service and when it was last seen. Absent: the log does not have it, or there is no log.
using HeartbeatLookup = std::function<std::optional<LoggedHeartbeat>(const Service&, Time)>;

// All that a message about a service is made of.
struct NotificationContext {
  const Config& config;
  const Service& service;
  const ServiceState& row;  // as it is
  const LastHeartbeat& last_heartbeat;
  const CheckContext& check_context;
  const HeartbeatLookup& heartbeat_lookup;
  GroupTroubles& group_troubles;
  const Notified& notified;           // what people were notified of until this message
  Status previous = Status::unknown;  // the status before, and since when it was so
  Time previous_since{};
};

// The service became, or still is, degraded or down: "No heartbeat for 6 min, limit 5 min; last one at 06:00:12
// from server-1, entered at ams".
Message problem_message(const NotificationContext& context);
// The problem that people were notified of is over.
Message recovery_message(const NotificationContext& context);
// There were outages that were over before they could be announced.
Message unreported_outages_message(const NotificationContext& context);
// The problem lasts.
Message reminder_message(const NotificationContext& context);
// The service is monitored for long, and was never seen.
Message never_seen_message(const NotificationContext& context);

// That there will be no more messages about a problem, and why: "It is disabled".
Message removal_message(const Config& config, const Service& service, const Notified& notified,
                        const CheckContext& check_context, std::string_view reason);

// A blackout of so many services began; it is over; there will be no more messages about it.
Message blackout_message(const Span& blackout, int services, std::string key, Time now);
Message blackout_end_message(const Span& blackout, std::string key, Time now);
Message blackout_removal_message(std::string key, Time now);

}  // namespace hb
