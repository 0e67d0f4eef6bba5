#include "notify/audience.hpp"

#include <algorithm>

#include "text/ascii.hpp"

namespace hb {
namespace {

// An exact name goes before a type, and a type before a name in other letters.
bool is_named_by(const Config& config, const Channel& channel, const std::string& entry) {
  const auto& all = config.notifications.channels;
  if (std::any_of(all.begin(), all.end(), [&](const Channel& other) { return other.name == entry; })) {
    return channel.name == entry;
  }
  const std::string small = lower(entry);
  if (std::any_of(all.begin(), all.end(), [&](const Channel& other) { return other.type == small; })) {
    return channel.type == small;
  }
  return lower(channel.name) == small;
}

}  // namespace

std::vector<const Channel*> channels_of(const Config& config, const Service& service) {
  std::vector<const Channel*> out;
  const auto& entries = service.notifications.channels;
  for (const Channel& channel : config.notifications.channels) {
    const bool is_named =
        !entries || std::any_of(entries->begin(), entries->end(), [&](const std::string& entry) {
          return is_named_by(config, channel, entry);
        });
    if (channel.enabled && is_named) out.push_back(&channel);
  }
  return out;
}

const Channel* configured_channel(const Config& config, std::string_view name) {
  for (const Channel& channel : config.notifications.channels) {
    if (channel.name == name) return &channel;
  }
  return nullptr;
}

const Channel* find_channel(const Config& config, std::string_view name) {
  const Channel* channel = configured_channel(config, name);
  return channel != nullptr && channel->enabled ? channel : nullptr;
}

bool is_muted(const Config& config, const Service& service) {
  return !config.notifications.enabled || !service.notifications.enabled;
}

std::vector<Announcement> to_notified_channels(const Notified& notified, const Message& message) {
  std::vector<Announcement> out;
  for (const auto& [name, status] : notified.channels) {
    out.push_back({name, message, Relation::continues});
  }
  return out;
}

bool takes(const Service& service, const Channel& channel, Status status) {
  const Events& events = service.notifications.events ? *service.notifications.events : channel.events;
  if (status == Status::down) return events.down;
  return status == Status::degraded ? events.degraded : events.up;
}

}  // namespace hb
