#include "text/cursor.hpp"

#include <vector>

#include "catch.hpp"
#include "exact.hpp"
#include "text/json.hpp"

namespace hb::cursor_test {
namespace {

using Pairs = std::vector<std::pair<std::string, std::string>>;

// The members of an object with the texts of their values; whether it is whole.
struct Walk {
  Pairs members{};
  bool bad = false;
};

Walk walk(std::string_view text) {
  Walk walk;
  Cursor cursor(text);
  each_member(cursor, [&](std::string_view key) {
    const std::string_view value = cursor.value();
    if (!cursor.bad()) walk.members.emplace_back(key, value);
  });
  walk.bad = cursor.bad() || !cursor.at_end();
  return walk;
}

std::string value_of(std::string_view text) {
  const Exact exact(text);
  Cursor cursor(exact.view());
  const std::string value(cursor.value());
  return cursor.bad() ? "bad" : value;
}

}  // namespace

TEST_CASE("an object is walked in its order, whatever its values") {
  const Walk walked = walk(" { \"a\" : 1 ,\n\"b\\\"\":[{\"c\":\"}\"},[]], \"\":\"x\\\\\",\"t\":true } ");
  CHECK(walked.members ==
        Pairs{{"a", "1"}, {"b\\\"", "[{\"c\":\"}\"},[]]"}, {"", "\"x\\\\\""}, {"t", "true"}});
  CHECK_FALSE(walked.bad);
  CHECK(walk("{}").members.empty());
  CHECK_FALSE(walk("{ }").bad);
}

TEST_CASE("a text cut at any byte gives the members before the cut") {
  const std::string text = R"({"a":"x\"y","b":[1,{"c":null}],"d":-5})";
  const Pairs all = walk(text).members;
  each_beginning(text, [&](std::string_view beginning) {
    const Walk walked = walk(beginning);
    INFO(beginning);
    CHECK(walked.bad == (beginning.size() < text.size()));
    REQUIRE(walked.members.size() <= all.size());
    // A number has no end of its own.
    for (size_t i = 0; i < walked.members.size(); ++i)
      CHECK(all[i].second.find(walked.members[i].second) == 0);
  });
}

TEST_CASE("the text of a value of any kind is taken whole") {
  for (const char* text :
       {"1", "-2.5e3", "null", "\"\"", "\"a\\\"b\"", "[]", "{}", "[[],{}]", "{\"a\":{\"b\":[1,2]}}"}) {
    INFO(text);
    CHECK(value_of(text) == text);
    CHECK(value_of(std::string(" ") + text + " ,") == text);
  }
  for (const char* text :
       {"", " ", ",", ":", "}", "]", "[", "{", "\"", "\"\\", "\"\\\"", "[1", "{\"a\":", "[\"a"}) {
    INFO(text);
    CHECK(value_of(text) == "bad");
  }
}

TEST_CASE("a value is taken as deep as the limit and no deeper") {
  const std::string deepest = std::string(64, '[') + std::string(64, ']');
  CHECK(value_of(deepest) == deepest);
  CHECK(value_of("[" + deepest + "]") == "bad");
  CHECK(value_of(std::string(1'000'000, '{')) == "bad");
}

TEST_CASE("whole numbers are read up to 18 digits") {
  const auto integer = [](std::string_view text) -> std::optional<int64_t> {
    const Exact exact(text);
    Cursor cursor(exact.view());
    const int64_t number = cursor.integer();
    return cursor.bad() ? std::nullopt : std::optional(number);
  };
  CHECK(integer("0") == 0);
  CHECK(integer(" -7,") == -7);
  CHECK(integer("999999999999999999]") == 999999999999999999);
  CHECK(integer("-999999999999999999}") == -999999999999999999);
  for (const char* text :
       {"", "-", "1000000000000000000", "5.0", "5e3", "x", "\"5\"", "+5", "5x", "null", "- 5", "--5"}) {
    INFO(text);
    CHECK_FALSE(integer(text));
  }
}

TEST_CASE("a string of the expected length ends where it is expected") {
  const auto read = [](std::string_view text, size_t length) {
    const Exact exact(text);
    Cursor cursor(exact.view());
    const std::string text_of_it(cursor.string_or_skip(length));
    if (cursor.bad()) return text_of_it + " bad";
    return cursor.at_end() ? text_of_it : text_of_it + " and more";
  };
  CHECK(read(R"("abcd")", 4) == "abcd");
  CHECK(read(R"("")", 0) == "");
  CHECK(read(R"("abcd")", 3) == "abcd");
  CHECK(read(R"("abcd")", 5) == "abcd");
  CHECK(read(R"("abcd")", 1000) == "abcd");
  CHECK(read(R"("abcd)", 4) == " bad");
  CHECK(read(R"([7])", 4) == "");
  CHECK(read("", 0) == " bad");
}

TEST_CASE("a quote at the expected place is not taken for the end of a longer or shorter string") {
  Cursor longer(R"("abc\"def")");
  CHECK(longer.string_or_skip(4) == R"(abc\"def)");
  Cursor escaped_backslash(R"("abc\\")");
  CHECK(escaped_backslash.string_or_skip(5) == R"(abc\\)");
  Cursor shorter(R"("a","b":"c")");
  CHECK(shorter.string_or_skip(9) == "a");
  CHECK(shorter.eat(','));
}

TEST_CASE("a value of another kind is stepped over") {
  for (const char* text : {"[1,2]", "{\"a\":1}", "null", "5.5", "\"x\"", "1000000000000000000", "5 5"}) {
    INFO(text);
    Cursor cursor(text);
    CHECK(cursor.integer_or_skip() == (std::string_view(text) == "5 5" ? 5 : 0));
    CHECK_FALSE(cursor.bad());
  }
  Cursor list("[[1],\"a\",{}]");
  std::vector<std::string> strings;
  each_element(list, [&] { strings.emplace_back(list.string_or_skip()); });
  CHECK(strings == std::vector<std::string>{"", "a", ""});
  CHECK_FALSE(list.bad());
}

TEST_CASE("raw strings stand for what JSON says") {
  CHECK(unescaped("plain") == "plain");
  CHECK(unescaped(R"(a\"b\\c\u00fc\n)") == "a\"b\\c\xC3\xBC\n");
  CHECK(unescaped("\xFF") == "\xEF\xBF\xBD");
  CHECK(unescaped("\xFF\\n") == "\xEF\xBF\xBD\n");
  for (const char* text : {"\\", "\\x", "\\u12", "\\ud800", "\\\"\n"}) CHECK(unescaped(text).empty());
}

TEST_CASE("once bad, a cursor answers nothing any more") {
  Cursor cursor("5 \"a\" [1]");
  cursor.expect('[');
  CHECK(cursor.bad());
  CHECK(cursor.integer() == 0);
  CHECK(cursor.string().empty());
  CHECK(cursor.string_or_skip(1).empty());
  CHECK(cursor.value().empty());
  CHECK(cursor.string_or_skip().empty());
  CHECK(cursor.integer_or_skip() == 0);
  CHECK_FALSE(cursor.eat('5'));
  int visits = 0;
  each_element(cursor, [&] { ++visits; });
  each_member(cursor, [&](std::string_view) { ++visits; });
  CHECK(visits == 0);
}

TEST_CASE("malformed objects and lists turn a cursor bad") {
  for (const char* text :
       {"", "[]", "{", "{\"a\"", "{\"a\":", "{\"a\" 1}", "{\"a\":1,}", "{,}", "{\"a\":1 \"b\":2}", "{1:2}"}) {
    INFO(text);
    CHECK(walk(Exact(text).view()).bad);
  }
  for (const char* text : {"", "{}", "[", "[1", "[1,", "[1,]", "[,]", "[1 2]"}) {
    INFO(text);
    Cursor cursor(text);
    each_element(cursor, [&] { cursor.value(); });
    CHECK(cursor.bad());
  }
}

}  // namespace hb::cursor_test
