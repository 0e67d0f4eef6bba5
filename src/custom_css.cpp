// The style sheet made of the configuration: its colours, then its own rules.
#include "handlers.hpp"
#include "uptime_bars.hpp"

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

std::string brand_colors(const Dashboard& dashboard) {
  Colors colors;
  if (!dashboard.primary_color.empty()) colors["primary"] = dashboard.primary_color;
  if (!dashboard.accent_color.empty()) colors["accent"] = dashboard.accent_color;
  return rule(":root:root", declarations(colors));
}

std::string mode_colors(const Dashboard& dashboard) {
  const std::string dark = declarations(dashboard.dark_colors);
  std::string out = rule(":root", declarations(dashboard.light_colors));
  out += rule(":root[data-theme=dark]", dark);
  if (dark.empty()) return out;
  return out + rule("@media (prefers-color-scheme:dark)", rule(":root:not([data-theme=light])", dark));
}

// The rank goes from 0, the best, to 1, the worst.
std::string uptime_rules(const std::string& set, const UptimeThresholds& thresholds) {
  const UptimeScale scale = uptime_scale(set, thresholds);
  std::string out;
  for (size_t i = 0; i < thresholds.size(); ++i) {
    const size_t hundredths = i == 0 ? 0 : 100 * i / (thresholds.size() - 1);
    const std::string rank = hundredths == 100 ? "1" : "." + std::to_string(100 + hundredths).substr(1);
    out += rule("." + scale.classes[i], "--uptime:" + thresholds[i].color + ";--rank:" + rank);
  }
  return out;
}

}  // namespace

Outcome get_custom_css(const Context& context) {
  const auto& [dashboard, thresholds] =
      std::tie(context.config.dashboard, context.config.settings.uptime_thresholds);
  std::string css = mode_colors(dashboard) + brand_colors(dashboard);
  for (const auto& [set, list] : thresholds) css += uptime_rules(set, list);
  css += dashboard.custom_css;
  return {.reply = {.headers = {{"Content-Type", "text/css; charset=utf-8"},
                                {"Cache-Control", "public, max-age=300"}},
                    .body = std::move(css)}};
}

}  // namespace hb
