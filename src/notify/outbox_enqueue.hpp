// A round of delivery, in a check or after alerts from outside: enqueue, outgoing, write the outbox, send;
// then record the results on a fresh read of it, and write again. What was lost meanwhile is sent again.
//
// The first part: announcements are queued.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "config/config.hpp"
#include "documents/outbox.hpp"
#include "notify/announcement.hpp"

namespace hb {

// Takes in the announcements, and puts the queues in order: to be called in every round, also with none.
//
// A recovery replaces what is still queued about its problem. More than settings.digestAfter at once become a
// digest; what is queued too long, or too much, becomes another. PagerDuty has neither: of each incident the
// latest state is queued, and nothing of one that began and ended unsent. A message that is queued already is
// not taken twice.
//
// The answer is for the log: a sentence for each channel that is not configured, whose messages are dropped.
std::vector<std::string> enqueue(const Config& config, Outbox& outbox,
                                 std::span<const Announcement> announcements, Time now);

}  // namespace hb
