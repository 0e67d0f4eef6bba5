// What else is down: the others of a service's group.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "config/config.hpp"
#include "documents/state.hpp"

namespace hb {

// Of one check. Each group is looked through once, and only when somebody asks.
class GroupTroubles {
 public:
  GroupTroubles(const Config& config, const CheckState& state) : config_(config), state_(state) {}

  // "2 of 11 others: Database, Cache". Empty when no other is down, or the service, one of the configuration's
  // own, is in no group.
  std::string others_of(const Service& service);

 private:
  struct Members {
    int followed = 0;
    std::vector<const Service*> down{};
  };

  const Members& members_of(size_t group);

  const Config& config_;
  const CheckState& state_;
  std::map<size_t, Members> groups_{};
};

}  // namespace hb
