// Which messages follow from a check, and for which channels.
//
// Not every change becomes a message: a problem is announced when it has lasted, one message about a service
// waits for the cooldown after another, and events that no channel takes are left out.
#pragma once

#include <span>
#include <vector>

#include "check/verdict.hpp"
#include "notify/announcement.hpp"
#include "notify/announcement_texts.hpp"

namespace hb {

// The messages, those of the monitor itself first, then by service. `notified` of the verdict's rows, of its
// inactive services and of its state is brought up to date, on the assumption that all messages are sent.
// Called twice with the same `before`, it answers the same.
//
// The rules, where "notified" means that a message was announced, and a channel takes a status by its events:
// - A worsening is announced to the channels that take it once it has been pending for (failureThreshold - 1)
//   check intervals and the cooldown after the last message about the service is over; while
//   is_alerting_suppressed() only when it was reported.
// - An improvement is announced at once, to the channels that were notified of the problem and take it;
//   PagerDuty always gets the end.
// - An unreported outage, over before it could be announced, is listed in the next message, which goes to the
//   channels that take the worst of it; to PagerDuty only while there is a problem.
// - While a problem lasts, it is repeated every repeatAlertMinutes, but not while a worsening is pending.
// - Paused services, services that are down in a blackout, and recoveries from that are not announced.
// - The problem of a service that is removed, muted, or taken from a channel is resolved once, on the
//   channels that were notified.
// - 24 h without a first heartbeat are announced once; the first heartbeat is not.
std::vector<Announcement> announce(const Config& config, const CheckState& before,
                                   std::span<const LastHeartbeat> last_heartbeats,
                                   const CheckContext& check_context, const HeartbeatLookup& heartbeat_lookup,
                                   Verdict& verdict);

}  // namespace hb
