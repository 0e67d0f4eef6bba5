#include "page/number.hpp"

#include "catch.hpp"

namespace hb::number_test {

TEST_CASE("thousands are separated") {
  CHECK(grouped(0) == "0");
  CHECK(grouped(999) == "999");
  CHECK(grouped(1000) == "1,000");
  CHECK(grouped(-1000) == "-1,000");
  CHECK(grouped(123456) == "123,456");
  CHECK(grouped(1234567) == "1,234,567");
}

}  // namespace hb::number_test
