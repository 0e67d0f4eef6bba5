#include "text/utf8.hpp"

#include "catch.hpp"
#include "exact.hpp"
#include "text/json.hpp"

namespace hb::utf8_test {

TEST_CASE("well-formed text stays as it is") {
  for (const char* text :
       {"", "plain", "\xC2\x80", "\xDF\xBF", "\xE0\xA0\x80", "\xED\x9F\xBF", "\xEE\x80\x80", "\xEF\xBF\xBF",
        "\xF0\x90\x80\x80", "\xF4\x8F\xBF\xBF", "gr\xC3\xBC\xC3\x9F \xF0\x9F\x98\x80"}) {
    INFO(text);
    CHECK(valid_utf8(Exact(text).view()) == text);
  }
  CHECK(valid_utf8(std::string_view("a\0b", 3)) == std::string_view("a\0b", 3));
}

TEST_CASE("each maximal bad part becomes one replacement character") {
  const std::string bad = "\xEF\xBF\xBD";
  CHECK(valid_utf8("\x80") == bad);
  CHECK(valid_utf8("\xFF") == bad);
  CHECK(valid_utf8("a\xC0\xAF"
                   "b") == "a" + bad + bad + "b");  // an overlong slash
  CHECK(valid_utf8("\xE0\x9F\xBF") == bad + bad + bad);
  CHECK(valid_utf8("\xED\xA0\x80") == bad + bad + bad);  // a surrogate
  CHECK(valid_utf8("\xF0\x8F\xBF\xBF") == bad + bad + bad + bad);
  CHECK(valid_utf8("\xF4\x90\x80\x80") == bad + bad + bad + bad);  // beyond U+10FFFF
  CHECK(valid_utf8("\xF5\x80") == bad + bad);
  CHECK(valid_utf8("\xE2\x82"
                   "x") == bad + "x");
  CHECK(valid_utf8("\xF0\x9F\x98"
                   "\xC3\xBC") == bad + "\xC3\xBC");
}

TEST_CASE("text cut at any byte is made valid") {
  each_beginning("\xC3\xBC\xE2\x82\xAC\xF0\x9F\x98\x80", [](std::string_view text) {
    CHECK(parse_json("\"" + valid_utf8(text) + "\""));
    CHECK(valid_utf8(valid_utf8(text)) == valid_utf8(text));
  });
}

TEST_CASE("characters are counted by code point") {
  const std::string text = "a\xC3\xBC\xE2\x82\xAC\xF0\x9F\x98\x80";
  CHECK(first_characters(text, 0).empty());
  CHECK(first_characters(text, 1) == "a");
  CHECK(first_characters(text, 2) == "a\xC3\xBC");
  CHECK(first_characters(text, 3) == "a\xC3\xBC\xE2\x82\xAC");
  CHECK(first_characters(text, 4) == text);
  CHECK(first_characters(text, 5) == text);
  CHECK(first_characters("", 0).empty());
  CHECK(last_characters(text, 0).empty());
  CHECK(last_characters(text, 1) == "\xF0\x9F\x98\x80");
  CHECK(last_characters(text, 2) == "\xE2\x82\xAC\xF0\x9F\x98\x80");
  CHECK(last_characters(text, 4) == text);
  CHECK(last_characters(text, 5) == text);
  CHECK(last_characters("", 1).empty());
}

TEST_CASE("a cut to bytes never falls inside of a character") {
  const std::string text = "a\xC3\xBC\xF0\x9F\x98\x80";
  const size_t whole[] = {0, 1, 1, 3, 3, 3, 3, 7, 7};
  for (size_t count = 0; count < std::size(whole); ++count) {
    INFO(count);
    CHECK(first_bytes(Exact(text).view(), count) == text.substr(0, whole[count]));
  }
}

TEST_CASE("units count as UTF-16 does") {
  CHECK(units("") == 0);
  CHECK(units("aé€") == 3);
  CHECK(units("😀") == 2);
}

TEST_CASE("shortened text ends in an ellipsis and never inside a character") {
  CHECK(shortened("abcd", 4) == "abcd");
  CHECK(shortened("abcde", 4) == "abc…");
  CHECK(shortened("é€é€", 3) == "é€…");
  CHECK(shortened("a😀b", 4) == "a😀b");
  CHECK(shortened("a😀bc", 4) == "a😀…");
  CHECK(shortened("a😀bc", 3) == "a…");
  CHECK(shortened("😀", 1) == "…");
  CHECK(shortened("ab", 0).empty());
  CHECK(shortened("", 0).empty());
}

}  // namespace hb::utf8_test
