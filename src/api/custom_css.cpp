// The style sheet made of the configuration: its colours, then its own rules.
#include "event/handlers.hpp"
#include "event/http.hpp"

namespace hb {
namespace {

using Colors = std::map<std::string, std::string>;

std::string declarations(const Colors& colors) {
  std::string out;
  for (const auto& [name, color] : colors) out += "--" + name + ":" + color + ";";
  return out;
}

std::string rule(std::string_view selector, std::string_view body) {
  return body.empty() ? std::string() : std::string(selector) + "{" + std::string(body) + "}\n";
}

// The brand's colours, where the mode has none of its own.
std::string mode_declarations(const Dashboard& dashboard, Colors colors) {
  if (!dashboard.primary_color.empty()) colors.emplace("primary", dashboard.primary_color);
  if (!dashboard.accent_color.empty()) colors.emplace("accent", dashboard.accent_color);
  return declarations(colors);
}

std::string mode_rules(const Dashboard& dashboard) {
  const std::string dark = mode_declarations(dashboard, dashboard.dark_colors);
  const std::string by_system = rule(":root:not([data-theme=light])", dark);
  return rule(":root", mode_declarations(dashboard, dashboard.light_colors)) +
         rule(":root[data-theme=dark]", dark) + rule("@media (prefers-color-scheme:dark)", by_system);
}

}  // namespace

Outcome get_custom_css(const Context& context) {
  const Dashboard& dashboard = context.config.dashboard;
  std::string css = mode_rules(dashboard) + dashboard.custom_css;
  return outcome_of(Reply{
      .headers = {{"Content-Type", "text/css; charset=utf-8"}, {"Cache-Control", "public, max-age=300"}},
      .body = std::move(css)});
}

}  // namespace hb
