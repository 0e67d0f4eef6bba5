// The collector's row `known`: the alerts from outside that were posted lately, so that a repeat is not
// announced again.
//
//   {"alert:5f1c…":["firing",1795327200000,1795327260000],…}
//
// with when the alert started (0: it does not say) and when it was last posted, in ms.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "alerts/external_alert.hpp"

namespace hb {

struct KnownAlert {
  bool is_resolved = false;
  std::optional<Time> starts_at{};
  Time posted{};

  bool operator==(const KnownAlert&) const = default;
};

using KnownAlerts = std::map<std::string, KnownAlert, std::less<>>;  // by alert_key

inline constexpr size_t kMostKnown = 5000;
inline constexpr Millis kKnownFor = std::chrono::days{30};  // since it was last posted

// As much as can be read, without what is older than kKnownFor at `now`.
KnownAlerts read_known_alerts(std::string_view row, Time now);
std::string write_known_alerts(const KnownAlerts& known);

// The alert was posted before, in the same state and of the same occasion. Never of one without a
// fingerprint.
bool is_repeat(const KnownAlerts& known, const ExternalAlert& alert);

// Remembers the post; beyond kMostKnown the one that was posted longest ago is forgotten.
void remember(KnownAlerts& known, const ExternalAlert& alert, Time now);

}  // namespace hb
