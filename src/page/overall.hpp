// The state of everything in one sentence.
#pragma once

#include <string>

#include "documents/status.hpp"

namespace hb {

struct Overall {
  Status status = Status::unknown;  // the worst there is; unknown when the last check is too old to tell
  std::string sentence{};           // "2 of 12 services are down, 1 degraded"
};

// Null: what is stored cannot be read.
Overall overall(const Config& config, const CurrentStatus* status, Time now);

// Whether the last check is so old that it says nothing about `now`.
bool is_old(const Config& config, const CurrentStatus& status, Time now);

}  // namespace hb
