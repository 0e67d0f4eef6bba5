#include "config/config_test.hpp"

namespace hb::dashboard_test {
namespace {

std::string color(const std::string& text) {
  return R"({"branding":{"primaryColor":")" + text + "\"}}";
}
std::string logo(const std::string& text) {
  return R"({"header":{"logoUrl":")" + text + "\"}}";
}

TEST_CASE("without a word the dashboard has its defaults") {
  const Dashboard usual = parse({}).config.dashboard;

  CHECK(usual.title == "Service status");
  CHECK(usual.page_title == "Service status");
  CHECK(usual.default_mode == "auto");
  CHECK(usual.show_theme_toggle);
  CHECK_FALSE(usual.show_logo);
  CHECK(usual.custom_css == "");
}

TEST_CASE("everything that the dashboard says is read") {
  const auto parsed = parse({.dashboard = R"json({
    "header":{"title":"T","subtitle":"S","logoUrl":"/logo.svg","logoAlt":"L","showLogo":true,
              "links":[{"text":"Docs","url":"https://docs.example"}]},
    "branding":{"pageTitle":"P","favicon":"data:image/png;base64,AA==","primaryColor":"#123456",
                "accentColor":"hsl(200, 50%, 40.5%)"},
    "theme":{"defaultMode":"dark","showToggle":false,"colors":{"light":{"background":"#fff"},"dark":{"text-2":"white"}}},
    "footer":{"text":"F","links":[{"text":"Imprint","url":"/imprint?x=1:2"}]},
    "customCss":"a { color: red }\n"})json"});

  INFO(joined(parsed.faults) << joined(parsed.warnings));
  CHECK(parsed.faults.empty());
  CHECK(parsed.warnings.empty());
  const Dashboard& dashboard = parsed.config.dashboard;
  CHECK(dashboard.title == "T");
  CHECK(dashboard.subtitle == "S");
  CHECK(dashboard.logo_url == "/logo.svg");
  CHECK(dashboard.logo_alt == "L");
  CHECK(dashboard.show_logo);
  CHECK(dashboard.header_links == std::vector{Link{"Docs", "https://docs.example"}});
  CHECK(dashboard.page_title == "P");
  CHECK(dashboard.favicon == "data:image/png;base64,AA==");
  CHECK(dashboard.primary_color == "#123456");
  CHECK(dashboard.accent_color == "hsl(200, 50%, 40.5%)");
  CHECK(dashboard.default_mode == "dark");
  CHECK_FALSE(dashboard.show_theme_toggle);
  CHECK(dashboard.light_colors == std::map<std::string, std::string>{{"background", "#fff"}});
  CHECK(dashboard.dark_colors == std::map<std::string, std::string>{{"text-2", "white"}});
  CHECK(dashboard.footer_text == "F");
  CHECK(dashboard.footer_links == std::vector{Link{"Imprint", "/imprint?x=1:2"}});
  CHECK(dashboard.custom_css == "a { color: red }\n");
}

TEST_CASE("an address on the page is https, relative or an image in itself") {
  for (const char* url : {"https://x.example/a", "HTTPS://x.example", "/a", "a/b.png", "./a", "?a=b:c",
                          "#top", "data:image/svg+xml;base64,AA==", ""}) {
    check_sound(&Files::dashboard, {logo(url)});
  }
  for (const char* url :
       {"http://x.example", "javascript:alert(1)", "JavaScript:alert(1)", "//x.example/a",
        "\\\\\\\\x.example", "/\\\\x.example", "java\\tscript:alert(1)", " javascript:alert(1)",
        "data:text/html,x", "mailto:a@x.example", "https://", "a b", "x:y"}) {
    check_faults(&Files::dashboard, {{logo(url), "header.logoUrl", "an https URL, a relative one"}});
  }
}

TEST_CASE("a colour cannot end its declaration or fetch anything") {
  const std::string longest(100, 'a');
  for (const std::string& text :
       {std::string("#0af"), std::string("rgb(1, 2, 3)"), std::string("hsl(1 2% 3.5%)"), std::string("red"),
        std::string(""), longest}) {
    check_sound(&Files::dashboard, {color(text)});
  }
  for (const std::string& text :
       {std::string("red;"), std::string("red}"), std::string("red{"), std::string("a:b"),
        std::string("rgb(1,2,3"), std::string("rgb)1("), std::string("url(x)"), std::string("URL(x)"),
        std::string("a/b"), std::string("\\\\61"), std::string("a\\nb"), std::string("\\\"a"),
        std::string("'a"), std::string("<a"), std::string("@a"), std::string("a!"), std::string("  "),
        std::string("\\u00e4"), longest + "a"}) {
    check_faults(&Files::dashboard, {{color(text), "branding.primaryColor", "a CSS colour"}});
  }
}

TEST_CASE("what the dashboard may not say is a fault with its place") {
  check_faults(
      &Files::dashboard,
      {{R"({"header":{"title":1}})", "header.title", "text"},
       {R"({"header":{"title":"a\nb"}})", "header.title", "one line"},
       {R"({"header":{"showLogo":"yes"}})", "header.showLogo", "true or false"},
       {R"({"header":{"links":{}}})", "header.links", "a list"},
       {R"({"header":{"links":[{"text":"a"}]}})", "header.links[0].url", "is missing"},
       {R"({"header":{"links":[{"url":"/"}]}})", "header.links[0].text", "is missing"},
       {R"({"header":{"links":[{"text":"a","url":""}]}})", "header.links[0].url", "an https URL"},
       {R"({"footer":{"links":[{"text":"a","url":"javascript:x"}]}})", "footer.links[0].url", "an https URL"},
       {R"({"footer":{"links":["/"]}})", "footer.links[0]", "an object"},
       {R"({"footer":{"text":[]}})", "footer.text", "text"},
       {R"({"branding":{"favicon":"http://x"}})", "branding.favicon", "an https URL"},
       {R"({"branding":{"accentColor":7}})", "branding.accentColor", "a CSS colour"},
       {R"({"theme":{"defaultMode":"night"}})", "theme.defaultMode", "\"auto\", \"light\" or \"dark\""},
       {R"({"theme":{"colors":[]}})", "theme.colors", "an object"},
       {R"({"theme":{"colors":{"light":"red"}}})", "theme.colors.light", "an object"},
       {R"({"theme":{"colors":{"dark":{"a":"red;"}}}})", "theme.colors.dark.a", "a CSS colour"},
       {R"({"theme":{"colors":{"dark":{"a:b":"red"}}}})", "theme.colors.dark.a:b", "must have a name"},
       {R"({"theme":{"colors":{"dark":{"--a":"red"}}}})", "theme.colors.dark.--a", "must have a name"},
       {R"({"customCss":{}})", "customCss", "text"},
       {"[]", "", "an object"}});
}

TEST_CASE("unknown members of the dashboard are warnings") {
  const auto parsed =
      parse({.dashboard = R"({"odd":1,"header":{"odd":1,"links":[{"text":"a","url":"/","odd":1}]},
    "branding":{"odd":1},"theme":{"odd":1,"colors":{"odd":1}},"footer":{"odd":1}})"});

  CHECK(parsed.faults.empty());
  CHECK(parsed.warnings.size() == 7);
}

}  // namespace
}  // namespace hb::dashboard_test
