// What happened while a story was played, and what was found that must not be.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "simulation/timeline.hpp"

namespace hb::simulation {

struct Finding {
  Time at{};
  std::string what{};
};

class Findings {
 public:
  static constexpr size_t kMost = 20;  // one cause makes many

  explicit Findings(const Timeline& timeline) : timeline_(timeline) {}

  void expect(bool is_so, const std::string& else_what) {
    if (is_so || all_.size() == kMost) return;
    all_.push_back({timeline_.now(), else_what});
    note("WRONG: " + else_what);
  }
  // A line for whoever reads how it came to a finding.
  void note(const std::string& what) { trace_.push_back(humanized_time(timeline_.now()) + "  " + what); }

  const std::vector<Finding>& all() const { return all_; }
  const std::vector<std::string>& trace() const { return trace_; }

 private:
  const Timeline& timeline_;
  std::vector<Finding> all_{};
  std::vector<std::string> trace_{};
};

}  // namespace hb::simulation
