// services.json: the groups, and the services with their groups' values merged in.
#pragma once

#include <string_view>
#include <unordered_map>
#include <vector>

#include "config/config.hpp"
#include "config/inherited_settings.hpp"

namespace hb {

struct Services {
  std::vector<Group> groups{};
  std::vector<Service> services{};
  std::unordered_map<std::string_view, size_t> by_id{};  // its keys point into `services`
  std::vector<std::string> zones{};                      // that schedules name
};

Services read_services(const Field& file, const Known& known);

}  // namespace hb
