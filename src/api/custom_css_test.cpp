#include "app/core.hpp"
#include "catch.hpp"

namespace hb::custom_css_test {
namespace {

Reply css(std::string_view dashboard) {
  ParsedConfig parsed =
      parse_config({.services = "{}", .notifications = "{}", .settings = "{}", .dashboard = dashboard});
  REQUIRE(parsed.faults.empty());
  const Core core(std::move(parsed), parse_page(""));
  const Event event{.trigger = Request{.method = "GET", .path = "/custom.css"}};
  return std::get<Done>(core.step(event)).reply;
}

bool holds(std::string_view text, std::string_view part) {
  return text.find(part) != text.npos;
}

}  // namespace

TEST_CASE("the style sheet is CSS that may be kept for a while") {
  const Reply reply = css("{}");
  CHECK(reply.status == 200);
  CHECK(reply.headers[0].second == "text/css; charset=utf-8");
  CHECK(reply.headers[1].second == "public, max-age=300");
}

TEST_CASE("the dashboard's colours become custom properties of their mode") {
  const std::string text =
      css(R"({"branding":{"primaryColor":"#123456"},"theme":{"colors":{"light":{"text":"#111"},"dark":{"text":"#eee"}}}})")
          .body;
  CHECK(holds(text, ":root{--primary:#123456;--text:#111;}"));
  CHECK(holds(text, ":root[data-theme=dark]{--primary:#123456;--text:#eee;}"));
  CHECK(holds(
      text,
      "@media (prefers-color-scheme:dark){:root:not([data-theme=light]){--primary:#123456;--text:#eee;}\n}"));
}

TEST_CASE("a mode's own primary colour wins over the brand's") {
  const std::string text =
      css(R"({"branding":{"primaryColor":"red"},"theme":{"colors":{"dark":{"primary":"pink"}}}})").body;
  CHECK(holds(text, ":root{--primary:red;}"));
  CHECK(holds(text, ":root[data-theme=dark]{--primary:pink;}"));
}

TEST_CASE("the custom rules come last, as they are") {
  CHECK(css(R"({"customCss":"p > b { color: red }"})").body.ends_with("p > b { color: red }"));
}

}  // namespace hb::custom_css_test
