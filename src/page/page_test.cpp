#include "page/page.hpp"

#include "catch.hpp"
#include "page/parts.hpp"

namespace hb::page_test {

TEST_CASE("a template is texts with names between them") {
  const auto pieces = parse_page("<h1>{{title}}</h1>{{subtitle}}").pieces;
  REQUIRE(pieces.size() == 3);
  CHECK(pieces[0].text == "<h1>");
  CHECK(pieces[0].print == part_printer("title"));
  CHECK(pieces[1].text == "</h1>");
  CHECK(pieces[1].print == part_printer("subtitle"));
  CHECK(pieces[2].text == "");
  CHECK(pieces[2].print == nullptr);
}

TEST_CASE("what is no name stays as it is") {
  for (const char* html :
       {"", "{{", "{{}}", "{{nobody}}", "{{ title }}", "<!-- title -->", "}}", "{{title}"}) {
    INFO(html);
    const auto pieces = parse_page(html).pieces;
    REQUIRE(pieces.size() == 1);
    CHECK(pieces[0].text == html);
  }
  for (const char* html : {"{{x {{title}}", "{{{title}}"}) {
    const auto pieces = parse_page(html).pieces;
    REQUIRE(pieces.size() == 2);
    CHECK(pieces[0].text + "{{title}}" == html);
  }
}

}  // namespace hb::page_test
