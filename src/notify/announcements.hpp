// Who is to be told what after a check.
//
// What is observed is not what people are told: a trouble is told when it has lasted, one message about a
// service waits for the cooldown after another, and what nobody wants to hear is not said.
#pragma once

#include <span>
#include <vector>

#include "check/verdict.hpp"
#include "notify/announcement.hpp"
#include "notify/announcement_texts.hpp"

namespace hb {

// The messages, those of the monitor itself first, then by service. `notified` of the verdict's rows, of its
// inactive services and of its state is brought up to date, on the assumption that all of them are sent. Told twice
// with the same `before` it says the same.
//
// The rules, where "told" is what was announced, and a channel takes a status by its events:
// - A worsening is told to the channels that take it once it has lasted (failureThreshold - 1) check
//   intervals and the cooldown after the last message about the service is over; while
//   is_blind() not by silence alone.
// - An improvement is told at once, to the channels that were told of the trouble and take it; PagerDuty
//   always hears the end.
// - A trouble that was over before it could be told is listed in the next message, which goes to the channels
//   that take the worst of it; to PagerDuty only while something is bad.
// - While a trouble lasts, it is repeated every repeatAlertMinutes, but not while a worsening waits.
// - Paused services, services that are down only as everybody is, and recoveries from that are not told.
// - Who is not watched any more, muted, or without the channel, is closed once on the channels that know.
// - 24 h without a first heartbeat are told once; the first heartbeat is not.
std::vector<Announcement> announce(const Config& config, const CheckState& before,
                                   std::span<const Heard> heard, const Moment& moment,
                                   const LastBeats& last_beats, Verdict& verdict);

}  // namespace hb
