// Which channels an alert from outside goes to.
#pragma once

#include <string>
#include <vector>

#include "alerts/external_alert.hpp"
#include "config/config.hpp"

namespace hb {

struct UnfitChannel {
  std::string name{};    // as the alert has it
  std::string reason{};  // one sentence

  bool operator==(const UnfitChannel&) const = default;
};

struct ExternalChannels {
  std::vector<size_t> channels{};  // positions among the configured ones, in their order
  std::vector<UnfitChannel> unfit{};

  bool operator==(const ExternalChannels&) const = default;
};

// The channels that the alert names, by name or by type in any case of letters, whatever their events. When
// it names none, those that take alerts and its event; PagerDuty also takes every recovery. Of severity none
// only those that it names.
ExternalChannels external_channels(const Config& config, const ExternalAlert& alert);

}  // namespace hb
