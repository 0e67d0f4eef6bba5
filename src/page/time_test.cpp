#include "page/time.hpp"

#include "catch.hpp"

namespace hb::page_time_test {
namespace {

std::string when(std::string_view time, std::string_view now) {
  std::string out;
  append_when(out, *parse_time(time), *parse_time(now));
  return out;
}

}  // namespace

TEST_CASE("a time has its day, and its year when that is another") {
  CHECK(when("2026-11-22T06:05:59Z", "2026-11-22T07:00:00Z") == "22 Nov, 06:05 UTC");
  CHECK(when("2026-01-01T00:00:00Z", "2026-12-31T23:59:59Z") == "1 Jan, 00:00 UTC");
  CHECK(when("2025-12-31T23:59:59Z", "2026-01-01T00:00:00Z") == "31 Dec 2025, 23:59 UTC");
}

}  // namespace hb::page_time_test
