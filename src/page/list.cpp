#include "page/list.hpp"

#include <algorithm>
#include <cmath>

#include "page/time.hpp"
#include "text/html.hpp"

namespace hb {
namespace {

std::string_view word(Status status) {
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

void append_time(std::string& out, std::string_view before, Time time, Time now) {
  append_iso((out += before) += "<time datetime=\"", time);
  append_when(out += "\">", time, now);
  out += "</time>";
}

// "<shape> <name>: <b>Down</b>"
void begin_entry(std::string& out, const ServiceStatus& status) {
  const std::string_view name = status_name(status.summary.status);
  ((out += "<li><svg class=\"shape ") += name) += "\" aria-hidden=\"true\"><use href=\"#";
  (out += name) += "\" /></svg>\n<bdi>";
  append_html(out, status.service->name);
  ((out += "</bdi>: <b>") += word(status.summary.status)) += "</b>";
}

void append_failing_entry(std::string& out, const ServiceStatus& status, Time now) {
  begin_entry(out, status);
  if (status.summary.since) append_time(out, " since ", *status.summary.since, now);
  if (status.last_seen) {
    append_time(out, " (last heartbeat ", *status.last_seen, now);
    out += ")";
  }
  if (!status.summary.message.empty()) {
    append_html(out += " – <bdi>", status.summary.message);
    out += "</bdi>";
  }
  out += "</li>\n";
}

// As the script has it: of something that is less it never says 100.
void append_percentage(std::string& out, double percentage) {
  const int64_t most = percentage < 100 ? 99'99 : 100'00;
  const int64_t hundredths = std::min<int64_t>(std::llround(percentage * 100), most);
  out += std::to_string(hundredths / 100);
  if (hundredths % 100 != 0) {
    ((out += '.') += static_cast<char>('0' + hundredths / 10 % 10)) +=
        static_cast<char>('0' + hundredths % 10);
  }
  out += " %";
}

std::optional<double> uptime(std::string_view cells, Day last_day, Day today) {
  Minutes sum;
  for (const Minutes& day : daily_minutes(cells, last_day, today, kListedDays)) sum += day;
  return uptime_percentage(sum);
}

void append_list(std::string& out, const PageView& view) {
  const History history = view.monitor_document.history();
  const bool has_uptime = view.config.settings.features.uptime_percentage;
  const auto cells = has_uptime ? read_history(view.config, history) : std::vector<std::string_view>();
  for (const ServiceStatus& status : view.status.services) {
    begin_entry(out, status);
    const auto position = static_cast<size_t>(status.service - view.config.services.data());
    if (has_uptime) {
      const auto percentage = uptime(cells[position], history.last_day, day_of(view.event.now));
      if (percentage) append_percentage(out += ", up ", *percentage);
    }
    out += "</li>\n";
  }
}

}  // namespace

void append_notices(std::string& out, const PageView& view) {
  for (const Notice& notice : view.status.notices) {
    append_html(out += "<p class=\"notice\">", notice.text);
    append_time(out, " <span class=\"faint\">since ", notice.since, view.event.now);
    out += "</span></p>\n";
  }
}

void append_failing_channels(std::string& out, const PageView& view) {
  if (!view.is_readable) return;
  for (const auto& [name, since] : view.status.channels) {
    append_html(out += "<p class=\"notice\">The channel ", name);
    out += " takes no messages";
    if (since) append_time(out, " <span class=\"faint\">since ", *since, view.event.now);
    out += since ? "</span></p>\n" : ": it is not set up</p>\n";
  }
}

void append_failing(std::string& out, const PageView& view) {
  const size_t empty = out.size();
  for (const Status is : {Status::down, Status::degraded}) {
    for (const ServiceStatus& status : view.status.services) {
      if (!view.is_readable || status.summary.status != is) continue;
      if (out.size() == empty) out += "<section class=\"group\">\n<h2>What fails</h2>\n<ul>\n";
      append_failing_entry(out, status, view.event.now);
    }
  }
  if (out.size() != empty) out += "</ul>\n</section>\n";
}

void append_services(std::string& out, const PageView& view) {
  if (!view.is_readable || view.status.services.empty()) return;
  if (view.status.services.size() > kMostListed) {
    out +=
        "<p class=\"notice\">With so many services, only those that are down or degraded are listed "
        "here.</p>\n";
    return;
  }
  out += "<section class=\"group\">\n<h2>All services</h2>\n<ul>\n";
  append_list(out, view);
  out += "</ul>\n</section>\n";
}

}  // namespace hb
