// What the page shows, as values, before it is HTML.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "alerts.hpp"
#include "routes.hpp"
#include "status.hpp"
#include "uptime_bars.hpp"

namespace hb {

// Beyond it a page with bars would be slow to make and to show.
inline constexpr size_t kMostBars = 1000;

struct PageGroup {
  std::string_view name{};
  std::vector<const ServiceStatus*> services{};  // failing ones first
};

// Views into the documents and the configuration, which outlive it.
struct PageView {
  explicit PageView(const Context& context);
  PageView(const PageView&) = delete;

  const Config& config;
  const Event& event;
  const bool is_readable;  // the services' documents
  const bool are_alerts_readable;
  const CurrentStatus status;
  const Data data;
  const History history;
  const std::vector<std::string_view> cells;  // by the position in Config::services
  const std::vector<PageGroup> groups;  // those with services, Ungrouped last; none of what cannot be read
  const std::vector<Alert> alerts;
  const std::map<std::string_view, UptimeScale> scales;  // by the name of the set

  std::string_view cells_of(const Service& service) const;
  const UptimeScale& scale_of(const Service& service) const;
  bool shows_alerts() const;
  bool shows_bars() const;
  bool is_anything_heard() const;
};

}  // namespace hb
