// What holds for any history: every channel is told of what was so, of all of it, of nothing else, once, and of
// the end of all that it accepted.

#include <cstdlib>

#include "notify/delivery_history_test.hpp"

namespace hb::delivery_property_test {
namespace {

// So many as HEARTBEAT_SEEDS says.
unsigned histories() {
  const char* given = std::getenv("HEARTBEAT_SEEDS");
  return given == nullptr ? 50 : static_cast<unsigned>(std::atoi(given));
}

std::string joined_lines(const std::vector<std::string>& lines) {
  std::string out;
  for (const std::string& line : lines) out += line + "\n";
  return out;
}

}  // namespace

TEST_CASE(
    "in any history every channel is told what was so, all of it, once, and the end of what it accepted",
    "[slow]") {
  for (unsigned seed = 1; seed <= histories(); ++seed) {
    INFO("seed " << seed);
    CHECK(joined_lines(DeliveryHistory(seed).faults()) == "");
  }
}

}  // namespace hb::delivery_property_test
