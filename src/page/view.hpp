// What the page shows, as values, before it is HTML.
#pragma once

#include <vector>

#include "documents/alerts.hpp"
#include "documents/monitor_document.hpp"
#include "documents/status.hpp"
#include "event/context.hpp"
#include "page/overall.hpp"

namespace hb {

// Views into the documents and the configuration, which outlive it.
struct PageView {
  explicit PageView(const Context& context);
  PageView(const PageView&) = delete;

  const Config& config;
  const Event& event;
  const bool is_readable;  // the services' documents
  const bool are_alerts_readable;
  const CurrentStatus status;
  const Overall overall;
  const MonitorDocument monitor_document;
  const std::vector<std::string_view> cells;  // read_history; empty ones where no history is shown
  const std::vector<Alert> alerts;

  bool is_old() const;  // the states of the services are not to be taken for the present ones
  bool shows_history() const;
  bool shows_alerts() const;
};

}  // namespace hb
