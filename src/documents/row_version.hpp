// The version of the collector's rows.
#pragma once

#include <cstdint>

namespace hb {

// The version of rows that this program writes, which therefore says nothing of it. One that an earlier
// program could not read says so in front, as in {"version":2,…}; members that are merely added need no
// version.
inline constexpr int64_t kRowVersion = 1;

}  // namespace hb
