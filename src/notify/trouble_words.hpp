// What one message says in the place of another that was not accepted, and the words of outages.
#pragma once

#include <optional>
#include <string>

#include "documents/outbox.hpp"
#include "text/utc_offsets.hpp"

namespace hb {

// What the channel knows once it accepted the message; nothing when that tells an end.
std::optional<Accepted> accepted_of(const Message& message);

// When what the channel knows ended, if the message says so.
void note_end(std::optional<Accepted>& accepted, const Message& next);

// `next` with all that `unsent` had to tell: its outages, and its own problem, which is over. `accepted` is what
// the channel knows.
Message in_place_of(const Message& unsent, Message next, const std::optional<Accepted>& accepted);

// The message with its outages in words, as it is sent: "Before that it was down 06:01–06:03". A recovery from
// what the channel does not know of says what it was: "Website was down".
Message worded(Message message, const std::optional<Accepted>& accepted, const UtcOffsets& utc_offset);

// The same for a digest: it lists the last outages and counts the rest, so that none is cut off.
Message worded_in_a_line(Message message, const std::optional<Accepted>& accepted,
                         const UtcOffsets& utc_offset);

// "down 06:01–06:03, degraded 06:05–06:07 and 2 more before": the last ones, at most so many.
std::string outages_text(const Message& message, const UtcOffsets& utc_offset, size_t most);

}  // namespace hb
