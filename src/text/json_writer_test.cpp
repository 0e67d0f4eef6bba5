#include "text/json_writer.hpp"

#include <cmath>
#include <limits>

#include "catch.hpp"
#include "exact.hpp"
#include "text/json.hpp"

namespace hb::json_writer_test {

TEST_CASE("what is written cannot end a script element") {
  CHECK(JsonWriter().value("</script>").text() == R"("\u003c/script>")");
}

TEST_CASE("every character is read as it was written") {
  std::string text;
  for (int c = 0; c < 128; ++c) text += static_cast<char>(c);
  text += "gr\xC3\xBC\xC3\x9F";
  const std::string out = JsonWriter().value(Exact(text).view()).take();
  CHECK(as_string(parse_json(out).value()) == text);
  CHECK(out.find('<') == out.npos);
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

}  // namespace hb::json_writer_test
