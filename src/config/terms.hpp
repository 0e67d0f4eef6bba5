// What a group says for its services, and a service for itself.
#pragma once

#include <string>

#include "config/channel_names.hpp"
#include "config/config.hpp"
#include "config/reader.hpp"

namespace hb {

// What a service takes over from its group unless it says otherwise.
struct Terms {
  Millis staleness_threshold = Service{}.staleness_threshold;
  std::string uptime_threshold_set = Service{}.uptime_threshold_set;
  bool auth_required = true;
  int failure_threshold = 1;
  int repeat_alert_minutes = 0;
  Notifications notifications{};
};

// What services.json may refer to. Null where that file could not be read, and nothing is held against it.
struct Known {
  const Settings* settings = nullptr;
  const NotificationSettings* notifications = nullptr;
};

// The other files, as far as terms refer to them.
class Surroundings {
 public:
  explicit Surroundings(const Known& known) : settings_(known.settings), channels_(known.notifications) {}

  // Whether there is such a set of uptime thresholds.
  bool has_threshold_set(const std::string& name) const;
  Millis shortest_threshold() const;  // the check interval
  const ChannelNames& channels() const { return channels_; }

 private:
  const Settings* settings_;
  ChannelNames channels_;
};

// The terms of a group or a service, each one missing there taken from `inherited`.
Terms read_terms(Object& in, const Terms& inherited, const Surroundings& around);

}  // namespace hb
