// The Worker in one place.
#pragma once

#include <string>

#include "simulation/collector.hpp"
#include "simulation/player.hpp"

namespace hb::simulation {

class Edge : public Player {
 public:
  Edge(Surroundings& around, Collector& collector, int place)
      : Player(around, Role::edge, place), collector_(collector) {}

  void request(std::string_view method, std::string_view path, std::string_view body, Whenever done);
  // `done` when the check has its end; what follows from it is under way then.
  void check(Time scheduled, Whenever done);

 private:
  void store(const EventRounds::Store& wanted, const RunPtr& run) override;
  void call(const EventRounds::Call& wanted, const RunPtr& run) override;

  Collector& collector_;
};

}  // namespace hb::simulation
