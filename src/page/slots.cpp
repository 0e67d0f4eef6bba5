#include "page/slots.hpp"

#include <algorithm>

#include "page/data.hpp"
#include "page/time.hpp"
#include "text/html.hpp"

namespace hb {
namespace {

using At = const PagePlace&;
using In = const std::vector<PagePiece>&;
using Out = std::string&;
using Text = std::string_view;

const Dashboard& dashboard(At at) {
  return at.view.config.dashboard;
}
const Features& features(At at) {
  return at.view.config.settings.features;
}
const CurrentStatus& current(At at) {
  return at.view.status;
}
Time now(At at) {
  return at.view.event.now;
}

void append_number(std::string& out, int64_t number) {
  out += std::to_string(number);
}

// Where somebody could send a heartbeat right now.
void append_heartbeat_url(std::string& out, At at) {
  const auto& services = current(at).services;
  append_html(out, at.view.event.base_url + "/api/heartbeat/");
  append_html(out, services.empty() ? "my-service" : services.front().service->id);
}

Text or_else(Text text, Text other) {
  return text.empty() ? other : text;
}

void fill_links(Out out, In in, At at, const std::vector<Link>& links) {
  std::vector<Link> safe;
  std::copy_if(links.begin(), links.end(), std::back_inserter(safe),
               [](const Link& link) { return is_safe_link(link.url); });
  fill_each(out, in, at, safe, &PagePlace::link);
}

constexpr PageSlot kPageSlots[] = {
    {.name = "page_title", .text = [](At at) -> Text { return dashboard(at).page_title; }},
    {.name = "theme", .text = [](At at) -> Text { return dashboard(at).default_mode; }},
    {.name = "favicon", .text = [](At at) { return or_else(dashboard(at).favicon, "/favicon.svg"); }},

    {.name = "logo",
     .is_shown = [](At at) { return dashboard(at).show_logo && !dashboard(at).logo_url.empty(); }},
    {.name = "logo_url", .text = [](At at) -> Text { return dashboard(at).logo_url; }},
    {.name = "logo_alt", .text = [](At at) -> Text { return dashboard(at).logo_alt; }},
    {.name = "title", .text = [](At at) -> Text { return dashboard(at).title; }},
    {.name = "subtitled", .is_shown = [](At at) { return !dashboard(at).subtitle.empty(); }},
    {.name = "subtitle", .text = [](At at) -> Text { return dashboard(at).subtitle; }},
    {.name = "header_link",
     .each = [](Out out, At at, In in) { fill_links(out, in, at, dashboard(at).header_links); }},
    {.name = "footer_link",
     .each = [](Out out, At at, In in) { fill_links(out, in, at, dashboard(at).footer_links); }},
    {.name = "link_url", .text = [](At at) -> Text { return at.link->url; }},
    {.name = "link_text", .text = [](At at) -> Text { return at.link->text; }},
    {.name = "footer_text", .text = [](At at) -> Text { return dashboard(at).footer_text; }},

    {.name = "overall", .text = [](At at) -> Text { return at.overall.sentence; }},
    {.name = "overall_status", .text = [](At at) { return status_name(at.overall.status); }},
    {.name = "last_updated",
     .is_shown = [](At at) { return features(at).last_updated && current(at).timestamp; }},
    {.name = "checked", .print = [](Out out, At at) { append_iso(out, *current(at).timestamp); }},
    {.name = "checked_text",
     .print = [](Out out, At at) { append_when(out, *current(at).timestamp, now(at)); }},
    {.name = "unreadable", .is_shown = [](At at) { return !at.view.is_readable; }},
    {.name = "readable", .is_shown = [](At at) { return at.view.is_readable; }},
    {.name = "nothing_heard",
     .is_shown = [](At at) { return at.view.is_readable && !at.view.is_anything_heard(); }},
    {.name = "heartbeat_url", .print = append_heartbeat_url},

    {.name = "total", .print = [](Out out, At at) { append_number(out, current(at).counts.total); }},
    {.name = "up", .print = [](Out out, At at) { append_number(out, current(at).counts.up); }},
    {.name = "degraded", .print = [](Out out, At at) { append_number(out, current(at).counts.degraded); }},
    {.name = "down", .print = [](Out out, At at) { append_number(out, current(at).counts.down); }},
    {.name = "unknown", .print = [](Out out, At at) { append_number(out, current(at).counts.unknown); }},

    {.name = "notice",
     .each = [](Out out, At at, In in) { fill_each(out, in, at, current(at).notices, &PagePlace::notice); }},
    {.name = "notice_text", .text = [](At at) -> Text { return at.notice->text; }},
    {.name = "notice_since", .print = [](Out out, At at) { append_iso(out, at.notice->since); }},
    {.name = "notice_since_text",
     .print = [](Out out, At at) { append_when(out, at.notice->since, now(at)); }},

    {.name = "data", .print = [](Out out, At at) { append_page_data(out, at.view); }},
};

void append_slot(Out out, const PagePiece& piece, At at) {
  const PageSlot& slot = *piece.slot;
  if (slot.text != nullptr) append_html(out, slot.text(at));
  if (slot.print != nullptr) slot.print(out, at);
  if (slot.is_shown != nullptr && slot.is_shown(at)) fill(out, piece.inside, at);
  if (slot.each != nullptr) slot.each(out, at, piece.inside);
}

}  // namespace

const PageSlot* find_slot(std::string_view name) {
  for (const auto slots : {std::span<const PageSlot>(kPageSlots), service_slots(), alert_slots()}) {
    const auto found =
        std::find_if(slots.begin(), slots.end(), [&](const PageSlot& slot) { return slot.name == name; });
    if (found != slots.end()) return &*found;
  }
  return nullptr;
}

void fill(std::string& out, const std::vector<PagePiece>& pieces, const PagePlace& place) {
  for (const PagePiece& piece : pieces) {
    out += piece.text;
    if (piece.slot != nullptr) append_slot(out, piece, place);
  }
}

}  // namespace hb
