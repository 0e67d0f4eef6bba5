// What goes wrong at the moment, as the story has it.
#pragma once

#include <algorithm>

#include "simulation/story.hpp"

namespace hb::simulation {

class Weather {
 public:
  Weather(const Story& story, Time begin) : story_(story), begin_(begin) {}

  bool is(Trouble trouble, int who, Time now) const {
    return std::any_of(story_.incidents.begin(), story_.incidents.end(), [&](const Incident& incident) {
      const Time from = begin_ + incident.from;
      return incident.trouble == trouble && (who < 0 || incident.who == who) && from <= now &&
             now < from + incident.length;
    });
  }
  bool is(Trouble trouble, Time now) const { return is(trouble, -1, now); }

 private:
  const Story& story_;
  Time begin_;
};

}  // namespace hb::simulation
