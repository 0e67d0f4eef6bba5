// The names of the collector's rows that hold one document each; write_ahead_log.hpp, checkpoint.hpp and
// changes.hpp have those of which there are many.
#pragma once

#include "event/context.hpp"

namespace hb {

inline constexpr const char* kLatestRow = "latest";         // checkpoint.hpp
inline constexpr const char* kLaterRow = "later";           // checkpointing.hpp
inline constexpr const char* kAlertsRow = "alerts";         // alerts.hpp
inline constexpr const char* kStateRow = "state";           // state.hpp
inline constexpr const char* kOutboxRow = "outbox";         // outbox.hpp
inline constexpr const char* kKnownRow = "known";           // known_alerts.hpp
inline constexpr const char* kCollectorStatusRow = "tick";  // collector_status.hpp
inline constexpr const char* kVerifyRow = "verify";         // what POST /api/verify stored last

// What a route reads that always reads the same of them.
template <const char* const&... names>
Reads only(const Context&) {
  return {.rows = {{names}...}};
}

}  // namespace hb
