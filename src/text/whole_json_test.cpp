#include "text/whole_json.hpp"

#include "catch.hpp"
#include "text/json.hpp"

namespace hb::whole_json_test {

TEST_CASE("whole JSON is one value, and nothing else") {
  for (const char* text : {"{}", "[]", "0", "-1.5e+3", "\"\"", "null", " true ",
                           R"({"a":[1,{"b":"\n\u00fc\\"}],"c":{}})", "\"ü\"", "[[],{}]", "1E9"}) {
    INFO(text);
    CHECK(is_whole_json(text));
    CHECK(parse_json(text));
  }
  for (const char* text :
       {"",        " ",        "{",          "}",         "{}}",         "{} {}",    "[1,]",     "[,1]",
        "{\"a\"}", "{\"a\":}", "{\"a\":1,}", "{1:2}",     "01",          "-",        "1.",       "1e",
        ".5",      "\"",       "\"\\x\"",    "\"\\u12\"", "\"\\ud800\"", "\"\x01\"", "\"\xFF\"", "tru",
        "nul",     "[1 2]",    "[}",         "{]",        "'a'",         "+1"}) {
    INFO(text);
    CHECK_FALSE(is_whole_json(text));
  }
  CHECK_FALSE(is_whole_json(std::string_view("{}\0", 3)));
}

TEST_CASE("JSON is whole to the greatest depth that is read, and not beyond it") {
  for (const int depth : {kMaxDepth, kMaxDepth + 1}) {
    const auto levels = static_cast<size_t>(depth);
    const std::string text = std::string(levels, '[') + std::string(levels, ']');
    CHECK(is_whole_json(text) == (depth == kMaxDepth));
    CHECK(parse_json(text).has_value() == (depth == kMaxDepth));
  }
}

TEST_CASE("what is whole after damage is what the parser takes, at every place and for every bit") {
  const std::string sound = R"({"a":[1795,-2.5e3,true],"b\n":{"c":"ü \u003c","d":null},"e":""})";
  for (size_t at = 0; at < sound.size(); ++at) {
    CHECK(is_whole_json(sound.substr(0, at)) == parse_json(sound.substr(0, at)).has_value());
    for (int bit = 0; bit < 8; ++bit) {
      std::string text = sound;
      text[at] = static_cast<char>(text[at] ^ (1 << bit));
      INFO(text);
      CHECK(is_whole_json(text) == parse_json(text).has_value());
    }
  }
}

TEST_CASE("a text is plain when each of its bytes is, wherever the odd one stands") {
  const std::string plain = "ABCDEFGHIJKLMNOPQRSTUVW";
  for (size_t size = 0; size <= plain.size(); ++size) CHECK(is_plain(plain.substr(0, size)));
  CHECK(is_plain("AZaz09+/ !#[]~\x7f"));
  for (size_t at = 0; at < plain.size(); ++at) {
    for (const char odd : {'"', '\\', '\x01', '\x1f', '\x80', '\xff', '\0'}) {
      std::string text = plain;
      text[at] = odd;
      INFO(at << " " << static_cast<int>(odd));
      CHECK_FALSE(is_plain(text));
    }
  }
}

TEST_CASE("what may stand between quotes may have whole escapes and no ill-formed character") {
  for (const char* text : {"", "web", "Größe", "a\\\"b", "\\u00fc"}) CHECK(is_raw_string(text));
  for (const char* text : {"\"", "a\\", "\\x", "\n", "\xC3"}) CHECK_FALSE(is_raw_string(text));
}

}  // namespace hb::whole_json_test
