#include <algorithm>

#include "page/slots.hpp"
#include "page/time.hpp"
#include "text/html.hpp"

namespace hb {
namespace {

using At = const PagePlace&;
using In = const std::vector<PagePiece>&;
using Out = std::string&;
using Text = std::string_view;

const ServiceStatus& status(At at) {
  return *at.service;
}
const Service& service(At at) {
  return *status(at).service;
}
Time service_now(At at) {
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
  PagePlace inner = at;
  for (const ServiceStatus* service : at.group->services) {
    inner.service = service;
    fill(out, in, inner);
  }
}

void append_group_summary(Out out, At at) {
  const auto& services = at.group->services;
  const auto up = std::count_if(services.begin(), services.end(),
                                [](const auto* one) { return one->summary.status == Status::up; });
  out += std::to_string(up) + " of " + std::to_string(services.size()) + " up";
}

// Its largest unit only.
void append_ago(Out out, At at) {
  const std::string age = spoken(service_now(at) - *status(at).last_seen);
  out += age.substr(0, age.find(' ', age.find(' ') + 1)) + " ago";
}

constexpr PageSlot kServiceSlots[] = {
    {.name = "group", .each = fill_groups},
    {.name = "group_name", .text = [](At at) { return at.group->name; }},
    {.name = "group_summary", .print = append_group_summary},
    {.name = "only_failing", .is_shown = [](At at) { return !at.view.lists_all(); }},

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
     .print = [](Out out, At at) { append_when(out, *status(at).summary.since, service_now(at)); }},
    {.name = "explained", .is_shown = [](At at) { return !status(at).summary.message.empty(); }},
    {.name = "message", .text = [](At at) -> Text { return status(at).summary.message; }},
    {.name = "heard", .is_shown = [](At at) { return status(at).last_seen.has_value(); }},
    {.name = "never_heard", .is_shown = [](At at) { return !status(at).last_seen; }},
    {.name = "last_seen", .print = [](Out out, At at) { append_iso(out, *status(at).last_seen); }},
    {.name = "last_seen_text",
     .print = [](Out out, At at) { append_when(out, *status(at).last_seen, service_now(at)); }},
    {.name = "last_seen_ago", .print = append_ago},
    {.name = "threshold", .print = [](Out out, At at) { out += spoken(service(at).staleness_threshold); }},
};

}  // namespace

std::span<const PageSlot> service_slots() {
  return kServiceSlots;
}

}  // namespace hb
