#include "text/html.hpp"

#include "catch.hpp"

namespace hb::html_test {
namespace {

std::string escaped(std::string_view text) {
  std::string out;
  append_html(out, text);
  return out;
}

}  // namespace

TEST_CASE("markup and quotes become text, everything else stays") {
  CHECK(escaped("<b a=\"1\" c='2'>&amp;</b>") ==
        "&lt;b a=&quot;1&quot; c=&#39;2&#39;&gt;&amp;amp;&lt;/b&gt;");
  CHECK(escaped("Mail 📬 خادم") == "Mail 📬 خادم");
  CHECK(escaped("") == "");
}

TEST_CASE("control characters do not reach the page, lines and tabs do") {
  CHECK(escaped("a\x1b[31mred\x07\x7f\n\tb") == "a\uFFFD[31mred\uFFFD\uFFFD\n\tb");
  CHECK(escaped(std::string_view("\0", 1)) == "\uFFFD");
}

TEST_CASE("only https and relative URLs become links") {
  for (const char* url : {"https://example.com/a?b=c:d", "/status", "docs/a:b", "?q=a:b", "#top", "./x"}) {
    INFO(url);
    CHECK(is_safe_link(url));
  }
  for (const char* url :
       {"", "javascript:alert(1)", "JavaScript:alert(1)", "java\nscript:alert(1)", " https://x",
        "http://example.com", "data:text/html,x", "\x01javascript:x", "https:x"}) {
    INFO(url);
    CHECK_FALSE(is_safe_link(url));
  }
}

}  // namespace hb::html_test
