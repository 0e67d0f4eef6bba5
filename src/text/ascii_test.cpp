#include "text/ascii.hpp"

#include "catch.hpp"

namespace hb::ascii_test {

TEST_CASE("only letters of ASCII become small") {
  CHECK(lower("AZaz09[@`{") == "azaz09[@`{");
  CHECK(lower("ÄÖ") == "ÄÖ");
  CHECK(lower("").empty());
}

TEST_CASE("blanks and line ends go at both ends and stay inside") {
  CHECK(trimmed(" \t\r\na b\n c \r\n") == "a b\n c");
  CHECK(trimmed("a") == "a");
  for (const char* blank : {"", " ", "\r\n\t "}) CHECK(trimmed(blank).empty());
  CHECK(trimmed("\v\f") == "\v\f");
}

}  // namespace hb::ascii_test
