// The names of the collector's rows that hold one document each; ring.hpp, collected.hpp and changes.hpp have
// those of which there are many.
#pragma once

#include "event/context.hpp"

namespace hb {

inline constexpr const char* kLatestRow = "latest";  // collected.hpp
inline constexpr const char* kLaterRow = "later";    // folding.hpp
inline constexpr const char* kAlertsRow = "alerts";  // alerts.hpp
inline constexpr const char* kStateRow = "state";    // state.hpp
inline constexpr const char* kOutboxRow = "outbox";  // outbox.hpp
inline constexpr const char* kKnownRow = "known";    // known_alerts.hpp
inline constexpr const char* kTickRow = "tick";      // tick.hpp
inline constexpr const char* kVerifyRow = "verify";  // what POST /api/verify stored last

// What a route reads that always reads the same of them.
template <const char* const&... names>
Reads only(const Context&) {
  return {.rows = {{names}...}};
}

}  // namespace hb
