// What must be so of the services, said naively: from the heartbeats that were sent and the times of the checks, and
// from nothing that the core remembers.
#pragma once

#include <array>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "simulation/findings.hpp"
#include "simulation/story.hpp"
#include "text/json.hpp"

namespace hb::simulation {

struct Sent {
  Time at{};  // of receipt, if it was received
  std::string status{};
  std::optional<Time> acknowledged{};
};

// A stretch of one status, by the checks that saw it.
struct Stay {
  std::string status{};
  Time from{};
  Time until{};  // of the first check that saw another; the epoch while it lasts
  int checks = 0;
  bool is_excused =
      false;  // a blackout or a monitoring gap came into it, in which silence is not told singly
};

class Model {
 public:
  Model(const Story& story, Findings& findings);

  // The number of the heartbeat.
  size_t sent(size_t service, Time at, const std::string& status);
  void acknowledged(size_t service, size_t number, Time now);

  // A check was made at `now`, with these thresholds; `state` is the collector's row of that name.
  void checked(Time scheduled, Time now, const Json& state, const std::vector<Millis>& thresholds);
  // A document that was put to KV.
  void put(Key key, const std::string& bytes);

  const std::vector<Stay>& stays(size_t service) const { return services_[service].stays; }
  const std::string& status(size_t service) const;
  int checks() const { return checks_; }

 private:
  struct ServiceModel {
    std::vector<Sent> sent{};
    std::vector<Stay> stays{};
    std::map<Day, std::array<int, 4>> minutes{};
  };

  void judge(size_t service, Time scheduled, Time now, Millis threshold, const std::string& status);
  void count(size_t service, Time scheduled, const std::string& status);
  void compare_minutes(size_t service, Time scheduled, const std::string& cells);
  bool is_suppressed(Time scheduled, Millis threshold) const;

  Findings& findings_;
  std::vector<ServiceModel> services_;
  std::optional<Time> last_check_{};
  std::vector<std::pair<Time, Time>> gaps_{};       // between two checks of which one was missed
  std::vector<std::pair<Time, Time>> blackouts_{};  // the end is the epoch while it lasts
  size_t days_put_ = 0;
  size_t histories_put_ = 0;
  int checks_ = 0;
};

}  // namespace hb::simulation
