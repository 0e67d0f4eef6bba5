// A whole monitor under load and under fire: several places that run the Worker, one KV that lags, one collector that
// dies, clients that retry, providers that fail, for hours or weeks of virtual time.
#pragma once

#include <vector>

#include "simulation/findings.hpp"
#include "simulation/story.hpp"

namespace hb::simulation {

// How much was played.
struct Figures {
  Millis time{};
  int64_t heartbeats = 0;  // that were sent
  int64_t acknowledged = 0;
  int64_t checks = 0;
  int64_t messages = 0;  // that providers accepted
  int64_t incidents = 0;
  int64_t deaths = 0;  // of the collector
};
Figures& operator+=(Figures& sum, const Figures& more);

struct Played {
  std::vector<Finding> findings{};
  std::vector<std::string> trace{};
  Figures figures{};
};

// The same story always comes to the same.
Played play(const Story& story);

// The story with as little in it as still comes to a finding like the first one; it has to come to one.
Story shrunk(const Story& story);

}  // namespace hb::simulation
