// A service's changes of status, as the collector keeps them in one row per service.
//
//   [[1795327200000,"down","No heartbeat since …"],[1795327500000,"up",""],…]   oldest first
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "health.hpp"

namespace hb {

inline constexpr size_t kMaxChanges = 1'000;

struct Change {
  Time at{};
  Status status = Status::unknown;
  std::string message{};

  bool operator==(const Change&) const = default;
};

// "incidents:web"
std::string changes_key(std::string_view service_id);

// Oldest first; those that cannot be read are left out.
std::vector<Change> read_changes(std::string_view row);

// The row with these changes added, each once. Those before `oldest` leave but for the last of them, which
// tells how the rest began; of more than kMaxChanges the oldest leave.
std::string add_changes(std::string_view row, std::span<const Change> more, Time oldest);

}  // namespace hb
