// The collector, as the shim plays it: its rows outlive it, nothing else does.
#pragma once

#include <map>
#include <string>

#include "simulation/player.hpp"

namespace hb::simulation {

class Collector : public Player {
 public:
  explicit Collector(Surroundings& around) : Player(around, Role::collector, kEdges) {}

  // An edge's call, which fails where the collector cannot be reached or dies. One that dies is asked once more.
  void call_of_edge(const std::string& event, Whenever done);
  // It dies when the next event is at a place where it waits.
  void is_to_die() { is_to_die_ = true; }

  const std::string& row(const std::string& key) const;
  int64_t rows_written_on(Day day) const;
  int64_t requests_on(Day day) const;
  std::function<void()> after_writing = [] {};

  void keep(const DecodedOutcome& decoded) override;
  std::vector<std::pair<std::string, std::string>> rows_in(const Range& range) override;
  Work work() const override { return work_; }

 private:
  void store(const EventRounds::Store& wanted, const RunPtr& run) override;
  void call(const EventRounds::Call& wanted, const RunPtr& run) override;
  void meanwhile() override;
  void write(const std::vector<RowPut>& rows);

  StoredRows rows_{};
  Work work_{};
  bool is_to_die_ = false;
  std::map<Day, int64_t> rows_written_{};
  std::map<Day, int64_t> requests_{};
};

}  // namespace hb::simulation
