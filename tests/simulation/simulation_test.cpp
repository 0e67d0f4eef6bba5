#include "simulation/simulation.hpp"

#include "catch.hpp"

namespace hb::simulation {

TEST_CASE("in a hundred simulated monitors under fire nothing is lost, nobody misled, and all is told",
          "[slow]") {
  for (uint64_t seed = 1; seed <= 100; ++seed) {
    const Story story = story_of(seed, Scale::suite);
    const Played played = play(story);
    INFO("seed " << seed << (played.findings.empty() ? "" : ": " + played.findings.front().what));
    CHECK(played.findings.empty());
  }
}

}  // namespace hb::simulation
