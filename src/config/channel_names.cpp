#include "config/channel_names.hpp"

#include "config/channel_types.hpp"
#include "text/ascii.hpp"

namespace hb {

ChannelNames::ChannelNames(const NotificationSettings* notifications) : is_known_(notifications != nullptr) {
  if (!is_known_) return;
  for (const Channel& channel : notifications->channels) {
    names_.insert(channel.name);
    by_lower_name_.emplace(lower(channel.name), channel.name);
    types_.insert(channel.type);
  }
}

std::optional<std::vector<std::string>> ChannelNames::read(const Field& list) const {
  if (!is_list(list)) return std::nullopt;
  std::vector<std::string> out;
  each_element_of(list, [&](const Field& element) {
    if (const auto name = text(element, kName)) out.push_back(resolved(element, *name));
  });
  return out;
}

// An exact name goes before a type, and a type before a name in other letters.
std::string ChannelNames::resolved(const Field& field, const std::string& name) const {
  if (!is_known_ || names_.count(name) > 0) return name;
  std::string small = lower(name);
  if (types_.count(small) > 0) return small;
  if (const auto found = by_lower_name_.find(small); found != by_lower_name_.end()) return found->second;
  if (channel_type(small)) {
    field.warn("names the type \"" + small + "\", but notifications.json has no channel of it");
  } else {
    field.fault("names \"" + name +
                "\", which is neither a channel nor a type of channels in notifications.json");
  }
  return name;
}

}  // namespace hb
