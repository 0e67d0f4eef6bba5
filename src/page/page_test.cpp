#include "page/page.hpp"

#include "catch.hpp"
#include "page/slots.hpp"

namespace hb::page_test {
namespace {

std::string_view name(const PagePiece& piece) {
  return piece.slot == nullptr ? "" : piece.slot->name;
}

}  // namespace

TEST_CASE("a template is texts with names between them") {
  const auto pieces = parse_page("<h1>{{title}}</h1>{{subtitle}}").pieces;
  REQUIRE(pieces.size() == 3);
  CHECK(pieces[0].text == "<h1>");
  CHECK(name(pieces[0]) == "title");
  CHECK(pieces[1].text == "</h1>");
  CHECK(name(pieces[1]) == "subtitle");
  CHECK(pieces[2].text == "");
  CHECK(pieces[2].slot == nullptr);
}

TEST_CASE("a section has what is between its comments") {
  const auto pieces =
      parse_page("a<!-- group -->b<!-- service -->{{name}}<!-- /service -->c<!-- /group -->d").pieces;
  REQUIRE(pieces.size() == 2);
  CHECK(name(pieces[0]) == "group");
  CHECK(pieces[1].text == "d");
  REQUIRE(pieces[0].inside.size() == 2);
  CHECK(pieces[0].inside[0].text == "b");
  CHECK(name(pieces[0].inside[0].inside[0]) == "name");
  CHECK(pieces[0].inside[1].text == "c");
}

TEST_CASE("what is no name stays as it is") {
  for (const char* html :
       {"", "{{", "{{}}", "{{nobody}}", "{{ title }}", "<!-- a comment -->", "<!-- group", "}}"}) {
    INFO(html);
    const auto pieces = parse_page(html).pieces;
    REQUIRE(pieces.size() == 1);
    CHECK(pieces[0].text == html);
  }
  CHECK(name(parse_page("{{x {{title}}").pieces[0]) == "title");
}

TEST_CASE("a section that is never closed reaches to the end") {
  const auto pieces = parse_page("<!-- group -->{{group_name}}").pieces;
  CHECK(name(pieces[0].inside[0]) == "group_name");
}

TEST_CASE("indentation is left out, blanks stay") {
  CHECK(parse_page("<p>\n    a  b\n\n  c</p>\n").pieces[0].text == "<p>\na  b\nc</p>\n");
}

}  // namespace hb::page_test
