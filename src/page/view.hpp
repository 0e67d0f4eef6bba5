// What the page shows, as values, before it is HTML.
#pragma once

#include <string_view>
#include <vector>

#include "documents/alerts.hpp"
#include "documents/status.hpp"
#include "event/context.hpp"

namespace hb {

// Beyond it only what is degraded or down is listed in the HTML itself.
inline constexpr size_t kMostListed = 500;

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
  const std::vector<PageGroup> groups;  // those with services to list, Ungrouped last
  const std::vector<Alert> alerts;

  bool shows_alerts() const;
  bool lists_all() const;
  bool is_anything_heard() const;
};

}  // namespace hb
