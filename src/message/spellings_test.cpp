#include "message/spellings.hpp"

#include <algorithm>

#include "catch.hpp"
#include "text/base64.hpp"

namespace hb::spellings_test {
namespace {

std::string undone_text(std::string_view text) {
  return undone(spelling_of(text)).text;
}

}  // namespace

TEST_CASE("escapes of URLs, JSON and HTML are undone, and what is none stays") {
  CHECK(undone_text("a%2fb%2Fc+d") == "a/b/c d");
  CHECK(undone_text("\\/ \\\" \\\\ \\u00e9 \\u20ac \\x41 \\n") == "/ \" \\ é € A \n");
  CHECK(undone_text("&amp;&lt;&#65;&#x42;&#x1F600;") == "&<AB😀");
  for (const char* text :
       {"100%", "%2", "%zz", "\\", "\\u12", "&", "&;", "&#;", "&#x;", "&#x110000;", "&nbsp;"}) {
    INFO(text);
    CHECK(undone_text(text).size() >= std::string_view(text).size() - 1);
  }
  CHECK(undone_text("%zz &nbsp; %2") == "%zz &nbsp; %2");
}

TEST_CASE("each byte of a spelling knows where it stands in the text") {
  const Spelling spelling = undone(undone(spelling_of("a%252Fb")));
  CHECK(spelling.text == "a/b");
  CHECK(spelling.places == std::vector<Place>{{0, 1}, {1, 6}, {6, 7}});
}

TEST_CASE("base64 is read wherever it begins") {
  for (const char* before : {"", "a", "ab", "abc"}) {
    const std::string text = ">>" + base64(std::string(before) + "secret" + "zz") + "<<";
    const auto all = spellings(text);
    CHECK(std::any_of(all.begin(), all.end(), [&](const Spelling& spelling) {
      const size_t at = spelling.text.find("secret");
      return at != std::string::npos && spelling.places[at].first >= 2 &&
             spelling.places[at + 5].last <= text.size() - 2;
    }));
  }
}

}  // namespace hb::spellings_test
