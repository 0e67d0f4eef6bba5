#include "page/view.hpp"

#include <algorithm>

#include "check/current_due.hpp"
#include "text/cursor.hpp"

namespace hb {
namespace {

bool is_failed(const Document& document) {
  return document.state == Document::State::failed;
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
  return settings.api.alert_history;
}

std::vector<Alert> recent_alerts(const Settings& settings, Time now, std::string_view bytes) {
  if (!shows_alerts(settings)) return {};
  std::vector<Alert> alerts = read_alerts(first_entries(bytes, settings.default_recent_limit));
  std::erase_if(alerts, [&](const Alert& alert) {
    return alert.timestamp < now - settings.default_recent_period || !is_plausible(alert.timestamp, now);
  });
  return alerts;
}

}  // namespace

PageView::PageView(const Context& context)
    : config(context.config),
      event(context.event),
      is_readable(!is_failed(context.document(Key::latest)) && !is_failed(context.document(Key::data))),
      are_alerts_readable(!is_failed(context.document(Key::alerts))),
      status(with_dues(event.now, current_status(config, event.now, context.document(Key::latest).bytes,
                                                 context.document(Key::data).bytes))),
      overall(hb::overall(config, is_readable ? &status : nullptr, event.now)),
      monitor_document(read_monitor_document(context.document(Key::data).bytes)),
      cells(read_history(config, shows_history() ? monitor_document.history() : History{})),
      alerts(recent_alerts(config.settings, event.now, context.document(Key::alerts).bytes)) {}

bool PageView::is_old() const {
  return !is_readable || hb::is_old(config, status, event.now);
}

bool PageView::shows_history() const {
  return config.settings.features.uptime_history || config.settings.features.uptime_percentage;
}

bool PageView::shows_alerts() const {
  return hb::shows_alerts(config.settings);
}

}  // namespace hb
