#include "catch.hpp"
#include "core.hpp"

using namespace hb;

namespace {

Reply css(std::string_view dashboard, std::string_view settings = "{}") {
  ParsedConfig parsed =
      parse_config({.services = "{}", .notifications = "{}", .settings = settings, .dashboard = dashboard});
  REQUIRE(parsed.faults.empty());
  return Core(std::move(parsed), parse_page("")).step({.method = "GET", .path = "/custom.css"}).reply;
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

TEST_CASE("each uptime threshold has its colour and its rank") {
  const std::string settings =
      R"({"uptimeThresholds":{"mine":[{"name":"ok","min":50,"color":"#00f"},{"name":"no","min":0,"color":"red"}]}})";
  const std::string text = css("{}", settings).body;
  CHECK(holds(text, ".uptime-mine-0{--uptime:#00f;--rank:calc(0/1)}\n"));
  CHECK(holds(text, ".uptime-mine-1{--uptime:red;--rank:calc(1/1)}\n"));
  CHECK(holds(text, ".uptime-default-1{"));
  CHECK(holds(text, "--rank:calc(1/3)}"));
}

TEST_CASE("a single threshold is the best") {
  const std::string text =
      css("{}", R"({"uptimeThresholds":{"one":[{"name":"ok","min":0,"color":"red"}]}})").body;
  CHECK(holds(text, ".uptime-one-0{--uptime:red;--rank:calc(0/1)}"));
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
