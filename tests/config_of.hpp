// Configurations for tests of single modules, made without any file.
#pragma once

#include <string>
#include <vector>

#include "config/config.hpp"

namespace hb {

inline Config config_of(std::vector<Service> services) {
  Config config;
  config.services = std::move(services);
  for (size_t i = 0; i < config.services.size(); ++i) {
    config.by_id[config.services[i].id] = i;
    for (const std::string& id : config.services[i].previous_ids) config.by_id[id] = i;
  }
  return config;
}

// Enabled services with everything else as usual.
inline Config config_with(const std::vector<std::string>& ids) {
  std::vector<Service> services;
  for (const std::string& id : ids) services.push_back({.id = id, .name = id});
  return config_of(std::move(services));
}

}  // namespace hb
