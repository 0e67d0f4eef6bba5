// The readers of the four files, each from the file's top value to what the core uses.
#pragma once

#include <array>
#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "config/config.hpp"
#include "config/reader.hpp"

namespace hb {

inline constexpr std::array<std::string_view, 7> kChannelTypes{"discord", "slack",    "telegram", "email",
                                                               "webhook", "pushover", "pagerduty"};
inline constexpr Bounds kRepeatMinutes{0, 43'200};

Settings read_settings(const Field& file);
NotificationSettings read_notifications(const Field& file);
Dashboard read_dashboard(const Field& file);

// What services.json may refer to. Null where that file could not be read, and nothing is held against it.
struct Known {
  const Settings* settings = nullptr;
  const NotificationSettings* notifications = nullptr;
};

struct Services {
  std::vector<Group> groups{};
  std::vector<Service> services{};
  std::unordered_map<std::string_view, size_t> by_id{};  // its keys point into `services`
};

Services read_services(const Field& file, const Known& known);

// The templates by name.
std::map<std::string, std::map<std::string, std::string>> read_templates(const Field& field);

}  // namespace hb
