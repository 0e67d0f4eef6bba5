// What announcements of a service say, in whole sentences.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "check/verdict.hpp"
#include "config/config.hpp"
#include "documents/message.hpp"
#include "documents/notified.hpp"
#include "documents/state.hpp"

namespace hb {

// What the log knows of the heartbeat that a service was last heard by.
struct LastBeat {
  std::string colo{};      // where it entered
  std::string message{};   // empty: none
  std::string metadata{};  // a JSON object, or empty

  bool operator==(const LastBeat&) const = default;
};

// Asked with the service and when it was last heard. Absent: the log does not know, or there is no log.
using LastBeats = std::function<std::optional<LastBeat>(const Service&, Time)>;

// What there is to know when something is said of a service.
struct Scene {
  const Config& config;
  const Service& service;
  const ServiceState& row;  // as it is
  const Heard& heard;
  const Moment& moment;
  const LastBeats& last_beats;
  const Notified& notified;           // as it was until this message
  Status previous = Status::unknown;  // the status before, and since when it was so
  Time previous_since{};
};

// "No heartbeat for 6 min, limit 5 min; last one at 06:00:12 from server-1, entered at ams"
Message trouble_message(const Scene& scene);   // it became, or still is, degraded or down
Message recovery_message(const Scene& scene);  // the trouble that people know of is over
Message flips_message(const Scene& scene);     // there were troubles that nobody was told of in time
Message reminder_message(const Scene& scene);
Message unheard_message(const Scene& scene);  // it was never heard

// That no more will be said of a trouble, and why: "It is disabled".
Message closing_message(const Config& config, const Service& service, const Notified& notified,
                        const Moment& moment, std::string_view reason);

// That everybody is silent, so many services; that they are heard again; that no more will be said of it.
Message silence_message(const Span& silence, int services, std::string key, Time now);
Message silence_end_message(const Span& silence, std::string key, Time now);
Message silence_closing_message(std::string key, Time now);

// "down 06:01–06:03, degraded 06:05–06:07 and 2 more before"
std::string flips_text(const Notified& notified, const Moment& moment);

}  // namespace hb
