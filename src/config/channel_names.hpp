// The channels that groups and services may name, by name or by type.
#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "config/config.hpp"
#include "config/reader.hpp"

namespace hb {

class ChannelNames {
 public:
  // Null: nothing is known of the channels, and every name is taken as it is.
  explicit ChannelNames(const NotificationSettings* notifications);

  // The names in a list as the channels or types themselves are written. A name of nothing is a fault; a type
  // that no channel has is a warning.
  std::optional<std::vector<std::string>> read(const Field& list) const;

 private:
  std::string resolved(const Field& field, const std::string& name) const;

  bool is_known_ = false;
  std::set<std::string, std::less<>> names_{};
  std::map<std::string, std::string, std::less<>> by_lower_name_{};
  std::set<std::string, std::less<>> types_{};
};

}  // namespace hb
