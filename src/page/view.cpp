#include "page/view.hpp"

#include <algorithm>
#include <array>

#include "text/cursor.hpp"

namespace hb {
namespace {

bool is_failed(const Document& document) {
  return document.state == Document::State::failed;
}

// What the page is read for comes first.
constexpr std::array kByUrgency{Status::down, Status::degraded, Status::unknown, Status::paused, Status::up};

void add_group(std::vector<PageGroup>& groups, std::string_view name,
               const std::vector<const ServiceStatus*>& services) {
  if (services.empty()) return;
  PageGroup group{name, {}};
  for (const Status status : kByUrgency) {
    for (const ServiceStatus* service : services) {
      if (service->summary.status == status) group.services.push_back(service);
    }
  }
  groups.push_back(std::move(group));
}

bool lists_all(const CurrentStatus& status) {
  return status.services.size() <= kMostListed;
}

bool is_listed(const CurrentStatus& status, const ServiceStatus& service) {
  const Status is = service.summary.status;
  return lists_all(status) || is == Status::down || is == Status::degraded;
}

std::vector<PageGroup> grouped(const Config& config, const CurrentStatus& status) {
  std::vector<const ServiceStatus*> by_position(config.services.size());
  std::vector<const ServiceStatus*> ungrouped;
  for (const ServiceStatus& service : status.services) {
    if (!is_listed(status, service)) continue;
    by_position[static_cast<size_t>(service.service - config.services.data())] = &service;
    if (!service.service->group) ungrouped.push_back(&service);
  }
  std::vector<PageGroup> groups;
  for (const Group& group : config.groups) {
    std::vector<const ServiceStatus*> services;
    for (const size_t position : group.services) {
      if (by_position[position] != nullptr) services.push_back(by_position[position]);
    }
    add_group(groups, group.name, services);
  }
  add_group(groups, "Ungrouped", ungrouped);
  return groups;
}

// The newest come first, so the others need not be read.
std::string first_entries(std::string_view bytes, int count) {
  std::string out = "[";
  Cursor cursor(bytes);
  each_element(cursor, [&] {
    const std::string_view entry = cursor.value();
    if (cursor.bad() || --count < 0) return;
    (out += out.size() > 1 ? "," : "") += entry;
  });
  return out += ']';
}

bool shows_alerts(const Settings& settings) {
  return settings.api.alert_history && settings.features.alert_history_button;
}

std::vector<Alert> recent_alerts(const Settings& settings, Time now, std::string_view bytes) {
  if (!shows_alerts(settings)) return {};
  std::vector<Alert> alerts = read_alerts(first_entries(bytes, settings.default_recent_limit));
  std::erase_if(alerts, [&](const Alert& alert) {
    return alert.timestamp < now - settings.default_recent_period || !is_believable(alert.timestamp, now);
  });
  return alerts;
}

}  // namespace

PageView::PageView(const Context& context)
    : config(context.config),
      event(context.event),
      is_readable(!is_failed(context.document(Key::latest)) && !is_failed(context.document(Key::data))),
      are_alerts_readable(!is_failed(context.document(Key::alerts))),
      status(current_status(config, event.now, context.document(Key::latest).bytes,
                            context.document(Key::data).bytes)),
      data(read_data(context.document(Key::data).bytes)),
      groups(is_readable ? grouped(config, status) : std::vector<PageGroup>()),
      alerts(recent_alerts(config.settings, event.now, context.document(Key::alerts).bytes)) {}

bool PageView::shows_alerts() const {
  return hb::shows_alerts(config.settings);
}

bool PageView::lists_all() const {
  return hb::lists_all(status);
}

bool PageView::is_anything_heard() const {
  return std::any_of(status.services.begin(), status.services.end(),
                     [](const ServiceStatus& service) { return service.last_seen.has_value(); });
}

}  // namespace hb
