#include "json.hpp"

#include <cmath>
#include <limits>

#include "catch.hpp"
#include "exact.hpp"

namespace hb {
namespace {

std::string nested(size_t depth, char open, char close) {
  return std::string(depth, open) + std::string(depth, close);
}

Json json_of(std::string_view text) {
  return parse_json(text).value();
}

}  // namespace

TEST_CASE("JSON nested deeper than the limit is refused") {
  CHECK(parse_json(nested(kMaxDepth, '[', ']')));
  CHECK_FALSE(parse_json(nested(kMaxDepth + 1, '[', ']')));
  CHECK_FALSE(parse_json(std::string(1'000'000, '[')));
  CHECK(parse_json('"' + std::string(1000, '[') + '"'));
  CHECK(parse_json("\"\\\"" + std::string(1000, '{') + "\""));
  CHECK(parse_json("[" + nested(kMaxDepth - 1, '[', ']') + "," + nested(kMaxDepth - 1, '[', ']') + "]"));
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
  std::string out;
  append_json_string(out, "</script>");
  CHECK(out == R"("\u003c/script>")");
}

TEST_CASE("every character is read as it was printed") {
  std::string text;
  for (int c = 0; c < 128; ++c) text += static_cast<char>(c);
  text += "gr\xC3\xBC\xC3\x9F";
  std::string out;
  append_json_string(out, Exact(text).view());
  CHECK(as_string(json_of(out)) == text);
  CHECK(out.find('<') == out.npos);
}

TEST_CASE("ill-formed text does not stop a dump") {
  CHECK(dump(Json("a\xFF")) == "\"a\xEF\xBF\xBD\"");
}

TEST_CASE("a writer puts commas between members and elements only") {
  JsonWriter json;
  json.begin_object().member("a", 1).key("b").begin_array().value(true).value("x").value(nullptr);
  json.begin_object().end_object().begin_array().end_array().end_array();
  json.raw_key("c\\\"").raw("{}").member("d", std::optional<std::string>()).member("e", std::optional(2));
  CHECK(json.end_object().take() == R"({"a":1,"b":[true,"x",null,{},[]],"c\"":{},"d":null,"e":2})");
}

TEST_CASE("numbers are printed with at most two decimals") {
  const std::pair<double, const char*> cases[] = {{0, "0"},
                                                  {-0.0, "0"},
                                                  {99.5, "99.5"},
                                                  {99.95, "99.95"},
                                                  {99.994, "99.99"},
                                                  {99.996, "100"},
                                                  {0.05, "0.05"},
                                                  {-0.5, "-0.5"},
                                                  {-0.001, "0"},
                                                  {-12.34, "-12.34"},
                                                  {1e13, "10000000000000"},
                                                  {1e300, "null"},
                                                  {std::nan(""), "null"},
                                                  {std::numeric_limits<double>::infinity(), "null"}};
  for (const auto& [number, text] : cases) CHECK(JsonWriter().value(number).text() == text);
  CHECK(JsonWriter().value(std::numeric_limits<int64_t>::min()).text() == "-9223372036854775808");
  CHECK(JsonWriter().value(uint32_t{4294967295}).text() == "4294967295");
}

TEST_CASE("an instant is written as the documents have it, an absent one is null") {
  const Time time = *parse_iso("2026-11-22T06:00:00.001Z");
  CHECK(JsonWriter().begin_array().value(time).value(std::optional<Time>()).end_array().take() ==
        R"(["2026-11-22T06:00:00.001Z",null])");
}

}  // namespace hb
