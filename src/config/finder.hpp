// Finds services by the ids in a document.
#pragma once

#include <optional>
#include <string_view>

#include "config/config.hpp"
#include "text/bytes.hpp"

namespace hb {

// Documents mostly name the services in the configuration's order, so the next one is tried before the hash.
class ServiceFinder {
 public:
  explicit ServiceFinder(const Config& config) : config_(config) {}

  // The position in Config::services of the service that goes, or went, by this id.
  std::optional<size_t> find(std::string_view id) {
    const auto& services = config_.services;
    if (next_ < services.size() && is_same(services[next_].id, id)) return next_++;
    const auto found = config_.by_id.find(id);
    if (found == config_.by_id.end()) return std::nullopt;
    next_ = found->second + 1;
    return found->second;
  }

 private:
  const Config& config_;
  size_t next_ = 0;
};

}  // namespace hb
