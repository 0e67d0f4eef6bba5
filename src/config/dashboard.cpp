#include "config/dashboard.hpp"

namespace hb {
namespace {

std::vector<Link> read_links(const Field& list) {
  std::vector<Link> out;
  each_element_of(list, [&](const Field& field) {
    Object in(field);
    const Field text_field = in.required("text", "a link needs something to read");
    const Field url = in.required("url", "a link needs an address");
    out.push_back({.text = text(text_field, kName).value_or(""), .url = text(url, kLink).value_or("")});
  });
  return out;
}

std::map<std::string, std::string> read_colors(const Field& field) {
  std::map<std::string, std::string> out;
  each_member_of(field, [&](const std::string& name, const Field& color) {
    if (!kProperty.holds(name)) color.fault("must have a name made of " + std::string(kProperty.expected));
    if (auto value = text(color, kColor)) out.emplace(name, *std::move(value));
  });
  return out;
}

constexpr std::string_view kModes[] = {"auto", "light", "dark"};

}  // namespace

Dashboard read_dashboard(const Field& file) {
  Object in(file);
  Object header(in.member("header"));
  Object branding(in.member("branding"));
  Object theme(in.member("theme"));
  Object colors(theme.member("colors"));
  Object footer(in.member("footer"));
  const Dashboard usual{};
  return {.title = header.text("title", kLine, usual.title),
          .subtitle = header.text("subtitle", kLine, usual.subtitle),
          .logo_url = header.text("logoUrl", kLinkOrNone, usual.logo_url),
          .logo_alt = header.text("logoAlt", kLine, usual.logo_alt),
          .show_logo = header.flag("showLogo", usual.show_logo),
          .header_links = read_links(header.member("links")),
          .page_title = branding.text("pageTitle", kLine, usual.page_title),
          .favicon = branding.text("favicon", kLinkOrNone, usual.favicon),
          .primary_color = branding.text("primaryColor", kColorOrNone, usual.primary_color),
          .accent_color = branding.text("accentColor", kColorOrNone, usual.accent_color),
          .default_mode = theme.word("defaultMode", kModes, usual.default_mode),
          .show_theme_toggle = theme.flag("showToggle", usual.show_theme_toggle),
          .light_colors = read_colors(colors.member("light")),
          .dark_colors = read_colors(colors.member("dark")),
          .footer_text = footer.text("text", kLine, usual.footer_text),
          .footer_links = read_links(footer.member("links")),
          .custom_css = in.text("customCss", kText, usual.custom_css)};
}

}  // namespace hb
