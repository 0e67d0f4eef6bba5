#include "text/visible.hpp"

#include "catch.hpp"
#include "text/utf8.hpp"

namespace hb::visible_test {

TEST_CASE("what turns, hides or ends the text around it is taken out") {
  CHECK(visible("a\u202Ecba\u202C \u2066b\u2069\u200F\u061C") == "acba b");
  CHECK(visible("a\u2028b\u2029c\u0085"
                "d") == "a\nb\nc\nd");
  CHECK(visible(std::string_view("a\0b\x01\x7f\x1b[31m\u009B", 12)) == "ab[31m");
  CHECK(visible("a\u200Bb\uFEFF\U000E0041") == "ab");
}

TEST_CASE("letters, emojis and line feeds stay") {
  for (const char* text : {"", "é 😀 \u05D0\u05D1", "👩\u200D💻", "ن\u200Cم", "a\n\tb", "\uFFFD"})
    CHECK(visible(text) == text);
}

TEST_CASE("visible text is valid UTF-8 whatever came in") {
  for (const char* bad : {"\xFF", "a\xE2\x80", "\xF0\x9F\x98"}) {
    const std::string text = valid_utf8(bad);
    CHECK(visible(text) == text);
  }
}

}  // namespace hb::visible_test
