// When services are expected, and which runs are open, for whoever reads the status of everything.
#pragma once

#include "documents/status.hpp"

namespace hb {

// With it, of those that have a schedule or runs. Of one that was heard since the last check it is not known when it is
// expected next.
CurrentStatus with_dues(Time now, CurrentStatus status);

}  // namespace hb
