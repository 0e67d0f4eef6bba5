#include "page/parts.hpp"

#include "page/data.hpp"
#include "page/list.hpp"
#include "page/number.hpp"
#include "page/time.hpp"
#include "text/html.hpp"

namespace hb {
namespace {

using Out = std::string&;
using View = const PageView&;

const Dashboard& dashboard(View view) {
  return view.config.dashboard;
}

void append_attribute(Out out, std::string_view name, std::string_view value) {
  append_html(((out += ' ') += name) += "=\"", value);
  out += '"';
}

void append_logo(Out out, View view) {
  if (!dashboard(view).show_logo || dashboard(view).logo_url.empty()) return;
  out += "<img class=\"logo\"";
  append_attribute(out, "src", dashboard(view).logo_url);
  append_attribute(out, "alt", dashboard(view).logo_alt);
  out += " width=\"40\" height=\"40\" />";
}

void append_subtitle(Out out, View view) {
  if (dashboard(view).subtitle.empty()) return;
  append_html(out += "<p dir=\"auto\">", dashboard(view).subtitle);
  out += "</p>";
}

void append_links(Out out, const std::vector<Link>& links) {
  for (const auto& [text, url] : links) {
    if (!is_safe_link(url)) continue;
    append_attribute(out += "<a", "href", url);
    append_html(out += '>', text);
    out += "</a>\n";
  }
}

void append_checked(Out out, View view) {
  if (!view.is_readable) {
    out +=
        "<p class=\"checked\">How the services are is not known until it can be read again. "
        "Please try again in a minute.</p>";
  }
  const std::optional<Time>& checked = view.status.timestamp;
  if (!view.config.settings.features.last_updated || !checked) return;
  append_iso(out += "<p class=\"checked\">Last checked <time datetime=\"", *checked);
  append_when(out += "\">", *checked, view.event.now);
  out += "</time></p>";
}

void append_card(Out out, std::string_view name, std::string_view label, int count) {
  const std::string number = grouped(count);
  ((out += "<p class=\"card ") += name) += '"';
  if (name != "total") append_attribute(out, "data-count", std::to_string(count));
  ((((out += "><b>") += number) += "</b> <span>") += label) += "</span></p>\n";
}

void append_cards(Out out, View view) {
  if (!view.is_readable) return;
  const Counts& counts = view.status.counts;
  out += "<div class=\"cards\">\n";
  append_card(out, "total", "Services", counts.total);
  append_card(out, "down", "Down", counts.down);
  append_card(out, "degraded", "Degraded", counts.degraded);
  append_card(out, "unknown", "Unknown", counts.unknown);
  append_card(out, "up", "Up", counts.up);
  out += "</div>";
}

struct Part {
  std::string_view name{};
  PartPrinter print = nullptr;
};

constexpr Part kParts[] = {
    {"theme", [](Out out, View view) { append_html(out, dashboard(view).default_mode); }},
    {"freshness", [](Out out, View view) { out += view.is_old() ? "old" : ""; }},
    {"page_title", [](Out out, View view) { append_html(out, dashboard(view).page_title); }},
    {"favicon",
     [](Out out, View view) {
       append_html(out, dashboard(view).favicon.empty() ? "/favicon.svg" : dashboard(view).favicon);
     }},
    {"logo", append_logo},
    {"title", [](Out out, View view) { append_html(out, dashboard(view).title); }},
    {"subtitle", append_subtitle},
    {"header_links", [](Out out, View view) { append_links(out, dashboard(view).header_links); }},
    {"overall_status", [](Out out, View view) { out += status_name(view.overall.status); }},
    {"overall", [](Out out, View view) { append_html(out, view.overall.sentence); }},
    {"checked", append_checked},
    {"cards", append_cards},
    {"notices",
     [](Out out, View view) {
       append_notices(out, view);
       append_failing_channels(out, view);
     }},
    {"failing", append_failing},
    {"changed", append_changed},
    {"services", append_services},
    {"footer_text", [](Out out, View view) { append_html(out, dashboard(view).footer_text); }},
    {"footer_links", [](Out out, View view) { append_links(out, dashboard(view).footer_links); }},
    {"data", append_page_data},
};

}  // namespace

PartPrinter part_printer(std::string_view name) {
  for (const Part& part : kParts) {
    if (part.name == name) return part.print;
  }
  return nullptr;
}

}  // namespace hb
