// Services' changes of status, as the collector keeps them: each service has its place in one of kChangesRows
// rows, so that a network that fails for ten thousand services costs no more rows than that.
//
//   {"web":[[1795327200000,"down","No heartbeat since …"],[1795327500000,"up",""],…],"db":[…]}   oldest first
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "documents/last_heartbeat.hpp"

namespace hb {

inline constexpr size_t kMaxChanges = 1'000;  // of a service
inline constexpr size_t kChangesRows = 256;
inline constexpr size_t kChangesSize = 16 * 1024 * 1024;  // bytes of all rows
inline constexpr size_t kChangesRowSize = 1'000'000;      // bytes of one, which the table holds as one part

struct Change {
  Time at{};
  Status status = Status::unknown;
  std::string message{};

  bool operator==(const Change&) const = default;
};

using ChangesById = std::map<std::string, std::vector<Change>, std::less<>>;

// "incidents:2c": the row by the low byte of the id's FNV-1a hash
// (https://datatracker.ietf.org/doc/html/draft-eastlake-fnv).
std::string changes_key(std::string_view service_id);

// A service's changes, oldest first; those that cannot be read are left out.
std::vector<Change> read_changes(std::string_view row, std::string_view service_id);

// The row with these changes added, each once. Of a service, those before `oldest` leave but for the last of
// them, which tells how the rest began; of more than kMaxChanges the oldest leave, and so do the oldest of
// all while the row takes more than its share of kChangesSize among the rows of so many services.
std::string add_changes(std::string_view row, const ChangesById& more, Time oldest, size_t services);

}  // namespace hb
