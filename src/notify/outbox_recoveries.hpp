// A trouble that is over before anybody was told of it.
#pragma once

#include <vector>

#include "documents/outbox.hpp"

namespace hb {

// Takes out what is not under way and says that the trouble of this key is there, or lasts.
std::vector<Waiting> take_trouble(std::vector<Waiting>& waiting, std::string_view dedup_key, Time now);

// The recovery that also says what was not told: "Website was down 06:00–06:04 UTC". When people know of the
// beginning, it stays as it is.
Message told_at_once(const std::vector<Waiting>& untold, Message recovery);

}  // namespace hb
