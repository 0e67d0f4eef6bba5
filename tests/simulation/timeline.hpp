// The one clock of a simulation, and everything that is to happen at a time of it.
#pragma once

#include <functional>
#include <queue>
#include <vector>

#include "text/time.hpp"

namespace hb::simulation {

class Timeline {
 public:
  explicit Timeline(Time begin) : now_(begin) {}

  Time now() const { return now_; }
  void at(Time time, std::function<void()> happens) {
    queue_.push({std::max(time, now_), ++count_, std::move(happens)});
  }
  void after(Millis wait, std::function<void()> happens) { at(now_ + wait, std::move(happens)); }

  // What falls on the same moment happens in the order in which it was planned.
  void run_until(Time end) {
    while (!queue_.empty() && queue_.top().time <= end) {
      const Planned planned = queue_.top();
      queue_.pop();
      now_ = planned.time;
      planned.happens();
    }
    now_ = end;
  }

 private:
  struct Planned {
    Time time{};
    uint64_t order = 0;
    std::function<void()> happens{};

    bool operator<(const Planned& other) const {
      return time != other.time ? time > other.time : order > other.order;
    }
  };

  Time now_;
  uint64_t count_ = 0;
  std::priority_queue<Planned> queue_{};
};

}  // namespace hb::simulation
