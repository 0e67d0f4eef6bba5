#include "page/list.hpp"

#include <algorithm>
#include <cmath>

#include "page/number.hpp"
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
  for (const ServiceStatus& status : view.status.services) {
    begin_entry(out, status);
    const auto position = static_cast<size_t>(status.service - view.config.services.data());
    if (has_uptime) {
      const auto percentage = uptime(view.cells[position], history.last_day, day_of(view.event.now));
      if (percentage) append_percentage(out += ", up ", *percentage);
    }
    out += "</li>\n";
  }
}

bool is_failing(const ServiceStatus& status) {
  return status.summary.status == Status::down || status.summary.status == Status::degraded;
}

// Down before degraded, and what is so since a short time first; else as configured.
bool is_more_urgent(const ServiceStatus* one, const ServiceStatus* other) {
  const bool is_down = one->summary.status == Status::down;
  if (is_down != (other->summary.status == Status::down)) return is_down;
  return one->summary.since > other->summary.since;
}

std::vector<const ServiceStatus*> failing_services(const PageView& view) {
  std::vector<const ServiceStatus*> failing;
  for (const ServiceStatus& status : view.status.services) {
    if (view.is_readable && is_failing(status)) failing.push_back(&status);
  }
  std::stable_sort(failing.begin(), failing.end(), is_more_urgent);
  return failing;
}

std::vector<const ServiceStatus*> changed_services(const PageView& view) {
  std::vector<const ServiceStatus*> changed;
  for (const ServiceStatus& status : view.status.services) {
    const std::optional<Time>& since = status.summary.since;
    const bool is_recent = since && view.event.now - *since <= std::chrono::hours{24};
    if (view.is_readable && is_recent && !is_failing(status)) changed.push_back(&status);
  }
  std::stable_sort(changed.begin(), changed.end(), [](const ServiceStatus* one, const ServiceStatus* other) {
    return one->summary.since > other->summary.since;
  });
  return changed;
}

void begin_section(std::string& out, std::string_view title) {
  ((out += "<section class=\"group\">\n<h2>") += title) += "</h2>\n<ul>\n";
}

void end_section(std::string& out) {
  out += "</ul>\n</section>\n";
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
  const auto failing = failing_services(view);
  if (failing.empty()) return;
  begin_section(out, "What fails");
  for (const ServiceStatus* status : failing) append_failing_entry(out, *status, view.event.now);
  end_section(out);
}

void append_changed(std::string& out, const PageView& view) {
  const auto changed = changed_services(view);
  if (changed.empty()) return;
  begin_section(out, "What else changed in the last 24 hours");
  for (size_t i = 0; i < std::min(changed.size(), kMostChanges); ++i) {
    begin_entry(out, *changed[i]);
    append_time(out, " since ", *changed[i]->summary.since, view.event.now);
    out += "</li>\n";
  }
  if (changed.size() > kMostChanges) {
    (out += "<li>and ") += grouped(static_cast<int64_t>(changed.size() - kMostChanges));
    out += " more</li>\n";
  }
  end_section(out);
}

void append_services(std::string& out, const PageView& view) {
  if (!view.is_readable || view.status.services.empty()) return;
  if (view.status.services.size() > kMostListed) {
    out +=
        "<p class=\"notice\">With so many services, only those that are down or degraded are listed "
        "here.</p>\n";
    return;
  }
  begin_section(out, "All services");
  append_list(out, view);
  end_section(out);
}

}  // namespace hb
