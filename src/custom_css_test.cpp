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
  const std::string text = css("{}", R"({"uptimeThresholds":{"mine":[{"name":"ok","min":50,"color":"#00f","label":"OK"},
    {"name":"no","min":0,"color":"rgb(1, 2, 3)","label":"No"}]
}
})").body;
  CHECK(holds(text, ".uptime-mine-0{--uptime:#00f;--rank:0}\n.uptime-mine-1{--uptime:rgb(1, 2, 3);--rank:1}\n"));
CHECK(holds(text, ".uptime-default-1{"));
CHECK(holds(text, "--rank:.33}"));
CHECK_FALSE(holds(
    css("{}", R"({"uptimeThresholds":{"one":[{"name":"ok","min":0,"color":"#00f","label":"OK"}]}})").body,
    "nan"));
}

TEST_CASE("the dashboard's colours become custom properties of their mode") {
  const std::string text =
      css(R"({"branding":{"primaryColor":"#123456"},"theme":{"colors":{"light":{"text":"#111"},"dark":{"text":"#eee"}}}})")
          .body;
  CHECK(holds(text, ":root{--text:#111;}"));
  CHECK(holds(text, ":root[data-theme=dark]{--text:#eee;}"));
  CHECK(holds(text, "@media (prefers-color-scheme:dark){:root:not([data-theme=light]){--text:#eee;}\n}"));
  CHECK(holds(text, "{--primary:#123456;}"));
}

TEST_CASE("the custom rules come last, as they are") {
  CHECK(css(R"({"customCss":"p > b { color: red }"})").body.ends_with("p > b { color: red }"));
}
