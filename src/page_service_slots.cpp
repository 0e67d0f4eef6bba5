#include <algorithm>

#include "html.hpp"
#include "page_slots.hpp"
#include "page_time.hpp"

namespace hb {
namespace {

using At = const PagePlace&;
using In = const std::vector<PagePiece>&;
using Out = std::string&;
using Text = std::string_view;

const ServiceStatus& status(At at) {
  return *at.service->status;
}
const Service& service(At at) {
  return *status(at).service;
}
const UptimeDays& uptime(At at) {
  return at.service->uptime;
}
const UptimeScale& scale(At at) {
  return *at.service->scale;
}
const Features& features(At at) {
  return at.view.config.settings.features;
}
Time now(At at) {
  return at.view.event.now;
}

Text status_word(Status status) {
  switch (status) {
    case Status::up:
      return "Up";
    case Status::degraded:
      return "Degraded";
    case Status::down:
      return "Down";
    case Status::paused:
      return "Paused";
    case Status::unknown:
      break;
  }
  return "Unknown";
}

void fill_groups(Out out, At at, In in) {
  fill_each(out, in, at, at.view.groups, &PagePlace::group);
}

void fill_services(Out out, At at, In in) {
  const PageView& view = at.view;
  const Day today = day_of(now(at));
  PageService row;
  PagePlace inner = at;
  inner.service = &row;
  for (const ServiceStatus* status : at.group->services) {
    row.status = status;
    row.scale = &view.scale_of(*status->service);
    row.uptime = uptime_days(view.cells_of(*status->service), view.history.last_day, today);
    fill(out, in, inner);
  }
}

void append_group_summary(Out out, At at) {
  const auto& services = at.group->services;
  const auto up = std::count_if(services.begin(), services.end(),
                                [](const auto* one) { return one->summary.status == Status::up; });
  out += std::to_string(up) + " of " + std::to_string(services.size()) + " up";
}

Text uptime_class(At at) {
  const auto& overall = uptime(at).overall;
  return overall ? Text(scale(at).classes[scale(at).rank(*overall)]) : "no-data";
}

void append_uptime(Out out, At at) {
  const auto& overall = uptime(at).overall;
  overall ? append_percentage(out, *overall) : void(out += "no data");
}

// Its largest unit only.
void append_ago(Out out, At at) {
  const std::string age = spoken(now(at) - *status(at).last_seen);
  out += age.substr(0, age.find(' ', age.find(' ') + 1)) + " ago";
}

constexpr PageSlot kSlots[] = {
    {.name = "group", .each = fill_groups},
    {.name = "group_name", .text = [](At at) { return at.group->name; }},
    {.name = "group_summary", .print = append_group_summary},
    {.name = "bars_left_out",
     .is_shown = [](At at) { return features(at).uptime_history && !at.view.shows_bars(); }},

    {.name = "service", .each = fill_services},
    {.name = "id", .text = [](At at) -> Text { return service(at).id; }},
    {.name = "name", .text = [](At at) -> Text { return service(at).name; }},
    {.name = "described", .is_shown = [](At at) { return !service(at).description.empty(); }},
    {.name = "description", .text = [](At at) -> Text { return service(at).description; }},
    {.name = "status", .text = [](At at) { return status_name(status(at).summary.status); }},
    {.name = "status_word", .text = [](At at) { return status_word(status(at).summary.status); }},
    {.name = "dated", .is_shown = [](At at) { return status(at).summary.since.has_value(); }},
    {.name = "since", .print = [](Out out, At at) { append_iso(out, *status(at).summary.since); }},
    {.name = "since_text",
     .print = [](Out out, At at) { append_when(out, *status(at).summary.since, now(at)); }},
    {.name = "explained", .is_shown = [](At at) { return !status(at).summary.message.empty(); }},
    {.name = "message", .text = [](At at) -> Text { return status(at).summary.message; }},
    {.name = "heard", .is_shown = [](At at) { return status(at).last_seen.has_value(); }},
    {.name = "never_heard", .is_shown = [](At at) { return !status(at).last_seen; }},
    {.name = "last_seen", .print = [](Out out, At at) { append_iso(out, *status(at).last_seen); }},
    {.name = "last_seen_text",
     .print = [](Out out, At at) { append_when(out, *status(at).last_seen, now(at)); }},
    {.name = "last_seen_ago", .print = append_ago},
    {.name = "threshold", .print = [](Out out, At at) { out += spoken(service(at).staleness_threshold); }},

    {.name = "uptime", .is_shown = [](At at) { return features(at).uptime_percentage; }},
    {.name = "uptime_class", .text = uptime_class},
    {.name = "uptime_percentage", .print = append_uptime},
    {.name = "bars", .is_shown = [](At at) { return at.view.shows_bars(); }},
    {.name = "bars_label", .print = [](Out out, At at) { append_bars_label(out, uptime(at), scale(at)); }},
    {.name = "bar_paths", .print = [](Out out, At at) { append_bars(out, uptime(at), scale(at)); }},
};

}  // namespace

std::span<const PageSlot> service_slots() {
  return kSlots;
}

}  // namespace hb
