#include "page/slots.hpp"
#include "page/time.hpp"
#include "text/html.hpp"

namespace hb {
namespace {

using At = const PagePlace&;
using In = const std::vector<PagePiece>&;
using Out = std::string&;
using Text = std::string_view;

Time alert_now(At at) {
  return at.view.event.now;
}

Text severity_word(At at) {
  if (at.alert->severity == "critical") return "Critical";
  return at.alert->severity == "warning" ? "Warning" : "Info";
}

// An alert is drawn like the status it tells of, or else as grave as it is.
Text alert_status(At at) {
  if (const auto status = status_named(at.alert->status)) return status_name(*status);
  if (at.alert->severity == "critical") return "down";
  return at.alert->severity == "warning" ? "degraded" : "up";
}

// The service's name, or who sent the alert.
Text origin(At at) {
  const Service* service = at.view.config.find(at.alert->service_id);
  return service == nullptr ? Text(at.alert->source) : Text(service->name);
}

void fill_alerts(Out out, At at, In in) {
  fill_each(out, in, at, at.view.alerts, &PagePlace::alert);
}

bool is_none_recent(At at) {
  return at.view.are_alerts_readable && at.view.alerts.empty();
}

void append_recent_hours(Out out, At at) {
  out += std::to_string(at.view.config.settings.default_recent_period / 1h);
}

constexpr PageSlot kAlertSlots[] = {
    {.name = "recent_alerts", .is_shown = [](At at) { return at.view.shows_alerts(); }},
    {.name = "recent_hours", .print = append_recent_hours},
    {.name = "no_alerts", .is_shown = is_none_recent},
    {.name = "alerts_unreadable", .is_shown = [](At at) { return !at.view.are_alerts_readable; }},
    {.name = "alert", .each = fill_alerts},
    {.name = "alert_status", .text = alert_status},
    {.name = "alert_severity", .text = severity_word},
    {.name = "alert_title", .text = [](At at) -> Text { return at.alert->title; }},
    {.name = "alert_explained", .is_shown = [](At at) { return !at.alert->message.empty(); }},
    {.name = "alert_message", .text = [](At at) -> Text { return at.alert->message; }},
    {.name = "alert_time", .print = [](Out out, At at) { append_iso(out, at.alert->timestamp); }},
    {.name = "alert_time_text",
     .print = [](Out out, At at) { append_when(out, at.alert->timestamp, alert_now(at)); }},
    {.name = "alert_has_origin", .is_shown = [](At at) { return !origin(at).empty(); }},
    {.name = "alert_origin", .text = origin},
    {.name = "alert_linked", .is_shown = [](At at) { return is_safe_link(at.alert->url); }},
    {.name = "alert_url", .text = [](At at) -> Text { return at.alert->url; }},
};

}  // namespace

std::span<const PageSlot> alert_slots() {
  return kAlertSlots;
}

}  // namespace hb
