// The names of the collector's rows that hold one document each; ring.hpp, collected.hpp and changes.hpp have
// those of which there are many.
#pragma once

namespace hb {

inline constexpr const char* kLatestRow = "latest";  // collected.hpp
inline constexpr const char* kLaterRow = "later";    // folding.hpp
inline constexpr const char* kAlertsRow = "alerts";  // alerts.hpp
inline constexpr const char* kStateRow = "state";    // state.hpp
inline constexpr const char* kOutboxRow = "outbox";  // outbox.hpp
inline constexpr const char* kKnownRow = "known";    // known_alerts.hpp
inline constexpr const char* kTickRow = "tick";      // tick.hpp
inline constexpr const char* kVerifyRow = "verify";  // what POST /api/verify stored last

}  // namespace hb
