// The state of everything in one sentence.
#pragma once

#include <string>

#include "documents/status.hpp"

namespace hb {

struct Overall {
  Status status = Status::unknown;  // the worst there is
  std::string sentence{};           // "2 of 12 services are down, 1 degraded"
};

// Null: what is stored cannot be read.
Overall overall(const CurrentStatus* status);

}  // namespace hb
