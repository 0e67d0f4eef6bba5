#include "text/utc_offsets.hpp"

#include "catch.hpp"

namespace hb::utc_offsets_test {

TEST_CASE("each time has the offset that its clocks had") {
  const Time change = *parse_iso("2026-10-25T01:00:00.000Z");
  const UtcOffsets berlin(UtcOffsets::Changes{{change - 24h * 210, 120min}, {change, 60min}});
  CHECK(berlin.at(change - 1ms) == 120min);
  CHECK(berlin.at(change) == 60min);
  CHECK(berlin.at(change - 24h * 400) == 120min);
  CHECK(berlin.local(change - 1h) == change + 1h);
  CHECK(berlin.local(change) == change + 1h);
  CHECK(std::chrono::minutes(berlin) == 60min);
}

TEST_CASE("without any change the offset is always the same") {
  CHECK(std::chrono::minutes(UtcOffsets()) == 0min);
  CHECK(UtcOffsets().at(Time{}) == 0min);
  CHECK(UtcOffsets(-570min).at(from_ms(1)) == -570min);
}

}  // namespace hb::utc_offsets_test
