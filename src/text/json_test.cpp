#include "text/json.hpp"

#include "catch.hpp"
#include "exact.hpp"

namespace hb::json_test {
namespace {

std::string nested(size_t depth, char open, char close) {
  return std::string(depth, open) + std::string(depth, close);
}

Json json_of(std::string_view text) {
  return parse_json(text).value();
}

}  // namespace

TEST_CASE("JSON nested deeper than the limit is refused") {
  CHECK(parse_json(nested(64, '[', ']')));
  CHECK_FALSE(parse_json(nested(64 + 1, '[', ']')));
  CHECK_FALSE(parse_json(std::string(1'000'000, '[')));
  CHECK(parse_json('"' + std::string(1000, '[') + '"'));
  CHECK(parse_json("\"\\\"" + std::string(1000, '{') + "\""));
  CHECK(parse_json("[" + nested(64 - 1, '[', ']') + "," + nested(64 - 1, '[', ']') + "]"));
}

TEST_CASE("what is not JSON is absent") {
  for (const char* text : {"", " ", "{", "}", "[1,]", "{\"a\":}", "{'a':1}", "nul", "\"\x01\"", "\"\xFF\"",
                           "\"\\ud800\"", "1e999", "01", "1 2", "NaN", "\"", "\"\\", "{\"a\"}", "//x"}) {
    INFO(text);
    CHECK_FALSE(parse_json(Exact(text).view()));
  }
}

TEST_CASE("a zero byte does not end JSON early") {
  for (const std::string_view text :
       {std::string_view("1\0", 2), std::string_view("{}\0}", 4), std::string_view("\0", 1)}) {
    CHECK_FALSE(parse_json(Exact(text).view()));
  }
}

TEST_CASE("a missing member and a wrong type read as absent") {
  const Json json = json_of(R"({"text":"x","number":5,"flag":true,"none":null,"list":[1],"object":{"a":1}})");
  CHECK(string_member(json, "text") == "x");
  CHECK(integer_member(json, "number") == 5);
  CHECK(as_bool(*member(json, "flag")) == true);
  for (const char* key : {"absent", "number", "flag", "none", "list", "object"}) {
    INFO(key);
    CHECK_FALSE(string_member(json, key));
  }
  for (const char* key : {"absent", "text", "flag", "none", "list", "object"}) {
    INFO(key);
    CHECK_FALSE(integer_member(json, key));
  }
  for (const char* text : {"null", "1", "\"x\"", "[]", "true"}) {
    INFO(text);
    CHECK(member(json_of(text), "text") == nullptr);
    CHECK(members(json_of(text)).empty());
  }
  CHECK(elements(json).empty());
  CHECK(elements(json_of("[1,2]")).size() == 2);
  CHECK(members(json).size() == 6);
  CHECK_FALSE(as_bool(json_of("1")));
  CHECK_FALSE(as_number(json_of("\"1\"")));
}

TEST_CASE("a whole number is one below 2^53, however it is written") {
  CHECK(as_integer(json_of("5.0")) == 5);
  CHECK(as_integer(json_of("-5e2")) == -500);
  CHECK(as_integer(json_of("9007199254740991")) == 9007199254740991);
  CHECK(as_integer(json_of("-9007199254740991")) == -9007199254740991);
  for (const char* text : {"9007199254740992", "9007199254740993", "-9007199254740992",
                           "18446744073709551615", "-9223372036854775808", "1e300", "0.5", "-0.1"}) {
    INFO(text);
    CHECK_FALSE(as_integer(json_of(text)));
  }
}

TEST_CASE("what is printed cannot end a script element") {
  CHECK(dump(json_of(R"({"a<b":["</script>","<!--"]})")) == R"({"a\u003cb":["\u003c/script>","\u003c!--"]})");
}

TEST_CASE("ill-formed text does not stop a dump") {
  CHECK(dump(Json("a\xFF")) == "\"a\xEF\xBF\xBD\"");
}

}  // namespace hb::json_test
