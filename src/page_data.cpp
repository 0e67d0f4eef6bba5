#include "page_data.hpp"

#include "json.hpp"

namespace hb {
namespace {

std::string print_alerts(const std::vector<Alert>& alerts) {
  JsonWriter json;
  json.begin_array();
  for (const Alert& alert : alerts) print_alert(json, alert);
  return json.end_array().take();
}

// In JSON a `<` stands only inside strings. The labels of alerts are copied as they came.
void append_escaped(std::string& out, std::string_view json) {
  for (size_t plain = 0; plain < json.size();) {
    const size_t found = std::min(json.find('<', plain), json.size());
    out += json.substr(plain, found - plain);
    if (found < json.size()) out += "\\u003c";
    plain = found + 1;
  }
}

}  // namespace

void append_page_data(std::string& out, const PageView& view) {
  out += "{\"status\":";
  if (view.is_readable) {
    out += print_status(view.config, view.event.now, view.event.place, view.status);
  } else {
    out += "null";
  }
  append_escaped(out += ",\"alerts\":", print_alerts(view.alerts));
  out += '}';
}

}  // namespace hb
