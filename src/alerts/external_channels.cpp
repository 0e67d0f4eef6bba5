#include "alerts/external_channels.hpp"

#include <algorithm>

#include "config/channel_types.hpp"
#include "text/ascii.hpp"

namespace hb {
namespace {

bool takes(const Channel& channel, const ExternalAlert& alert) {
  if (!channel.enabled || !channel.external_alerts) return false;
  if (keeps_incidents(channel) && alert.is_resolved) return true;
  switch (event_of(alert)) {
    case Status::down:
      return channel.events.down;
    case Status::degraded:
      return channel.events.degraded;
    default:
      return channel.events.up;
  }
}

// Exactly that name, else that type, else that name in other letters: as in the other files.
std::vector<size_t> named(const std::vector<Channel>& channels, const std::string& name) {
  const std::string small = lower(name);
  std::vector<size_t> same;
  std::vector<size_t> of_type;
  std::vector<size_t> similar;
  for (size_t i = 0; i < channels.size(); ++i) {
    if (channels[i].name == name) same.push_back(i);
    if (channels[i].type == small) of_type.push_back(i);
    if (lower(channels[i].name) == small) similar.push_back(i);
  }
  if (!same.empty()) return same;
  return of_type.empty() ? similar : of_type;
}

std::string_view reason(const Channel& channel) {
  if (!channel.enabled) return "The channel is disabled";
  return channel.external_alerts ? "" : "The channel does not take alerts from outside";
}

void add_named(ExternalChannels& out, const std::vector<Channel>& channels, const std::string& name) {
  const std::vector<size_t> found = named(channels, name);
  if (found.empty()) out.unfit.push_back({name, "There is no such channel"});
  const auto is_fit = [&](size_t i) { return reason(channels[i]).empty(); };
  const bool some_fit = std::any_of(found.begin(), found.end(), is_fit);
  for (const size_t i : found) {
    if (!some_fit) out.unfit.push_back({channels[i].name, std::string(reason(channels[i]))});
    const bool is_new = std::find(out.channels.begin(), out.channels.end(), i) == out.channels.end();
    if (is_fit(i) && is_new) out.channels.push_back(i);
  }
}

}  // namespace

ExternalChannels external_channels(const Config& config, const ExternalAlert& alert) {
  ExternalChannels out;
  if (!config.notifications.enabled || is_for_nobody(alert)) return out;
  const std::vector<Channel>& channels = config.notifications.channels;
  for (const std::string& name : alert.channels) add_named(out, channels, name);
  for (size_t i = 0; alert.channels.empty() && i < channels.size(); ++i) {
    if (takes(channels[i], alert)) out.channels.push_back(i);
  }
  std::sort(out.channels.begin(), out.channels.end());
  return out;
}

}  // namespace hb
