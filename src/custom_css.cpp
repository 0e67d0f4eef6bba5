// The style sheet made of the configuration: its colours, then its own rules.
#include <algorithm>

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

// The rank goes from 0, the best, to 1, the worst.
std::string uptime_rules(const std::string& set, const UptimeThresholds& thresholds) {
  const UptimeScale scale = uptime_scale(set, thresholds);
  const std::string last = std::to_string(std::max<size_t>(thresholds.size(), 2) - 1);
  std::string out;
  for (size_t i = 0; i < thresholds.size(); ++i) {
    const std::string rank = "calc(" + std::to_string(i) + "/" + last + ")";
    out += rule("." + scale.classes[i], "--uptime:" + thresholds[i].color + ";--rank:" + rank);
  }
  return out;
}

}  // namespace

Outcome get_custom_css(const Context& context) {
  const Dashboard& dashboard = context.config.dashboard;
  std::string css = mode_rules(dashboard);
  for (const auto& [set, thresholds] : context.config.settings.uptime_thresholds) {
    css += uptime_rules(set, thresholds);
  }
  css += dashboard.custom_css;
  return {.reply = {.headers = {{"Content-Type", "text/css; charset=utf-8"},
                                {"Cache-Control", "public, max-age=300"}},
                    .body = std::move(css)}};
}

}  // namespace hb
