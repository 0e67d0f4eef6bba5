// The settings that a group hands down to its services, and those of a service itself.
#pragma once

#include <string>

#include "config/channel_names.hpp"
#include "config/config.hpp"
#include "config/reader.hpp"
#include "config/timing.hpp"

namespace hb {

// What a service inherits from its group unless it has a value of its own.
struct InheritedSettings {
  Millis staleness_threshold = Service{}.staleness_threshold;
  Timing timing{};
  std::string uptime_threshold_set = Service{}.uptime_threshold_set;
  bool auth_required = true;
  int failure_threshold = 1;
  int success_threshold = 1;
  int repeat_alert_minutes = 0;
  Notifications notifications{};
};

// What services.json may refer to. Null where that file could not be read, and nothing is held against it.
struct Known {
  const Settings* settings = nullptr;
  const NotificationSettings* notifications = nullptr;
  std::string_view zones{};  // as ConfigFiles has the known ones
};

// The other files, as far as these settings refer to them.
class References {
 public:
  explicit References(const Known& known, ZoneNames& zones)
      : settings_(known.settings),
        channels_(known.notifications),
        timing_{.zone = known.notifications ? std::string_view(known.notifications->timezone) : "UTC",
                .check_interval = shortest_threshold(),
                .zones = zones} {}

  // Whether there is such a set of uptime thresholds.
  bool has_threshold_set(const std::string& name) const;
  Millis shortest_threshold() const;  // the check interval
  const ChannelNames& channels() const { return channels_; }
  const TimingReferences& timing() const { return timing_; }

 private:
  const Settings* settings_;
  ChannelNames channels_;
  TimingReferences timing_;
};

// The settings of a group or a service, each one missing there taken from `inherited`.
InheritedSettings read_inherited_settings(Object& in, const InheritedSettings& inherited,
                                          const References& references);

}  // namespace hb
