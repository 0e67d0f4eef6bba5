// A round of delivery, in a check or after alerts from outside: enqueue, outgoing, write the outbox, send;
// then record the results on a fresh read of it, and write again. What was lost meanwhile is sent again.
//
// The first part: what is wanted of each trouble.
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
// What is wanted of a trouble is its latest message, with the outages of those that were not accepted
// (troubles.hpp). A channel that is not configured any more keeps what it knows for a week, for the end of it
// to be told when the channel is there again.
//
// The answer is for the log: a sentence for each channel that is not configured, whose messages are dropped.
std::vector<std::string> enqueue(const Config& config, Outbox& outbox,
                                 std::span<const Announcement> announcements, Time now);

}  // namespace hb
