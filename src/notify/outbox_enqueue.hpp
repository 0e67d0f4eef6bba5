// A round of telling, in a check or after alerts from outside: enqueue, outgoing, write the outbox, send;
// then settle what was answered on a fresh read of it, and write again. What was lost meanwhile is sent again.
//
// The first part: what is to be told waits in the outbox.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "config/config.hpp"
#include "documents/outbox.hpp"
#include "notify/announcement.hpp"

namespace hb {

// Takes in what is to be told, and puts the queues in order: to be called in every round, also with nothing.
//
// A recovery takes the place of what is still waiting about its trouble. More than settings.digestAfter at
// once become a digest; what waits too long, or is too much, becomes another. PagerDuty has neither: of each
// incident its latest state waits, and nothing of one that began and ended untold. A message that waits
// already is not taken twice.
//
// The answer is for the log: a sentence for each channel that is not configured, whose messages are dropped.
std::vector<std::string> enqueue(const Config& config, Outbox& outbox,
                                 std::span<const Announcement> announcements, Time now);

}  // namespace hb
