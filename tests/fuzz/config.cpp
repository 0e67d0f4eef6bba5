// The files of the configuration, the page and the keys, as any bytes.

#include "app/wire.hpp"
#include "fuzz.hpp"
#include "text/json.hpp"

using namespace hb;

int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::vector<Exact> parts = split(view_of(data, size), 6);
  ParsedConfig parsed = parse_config({.services = parts[0].view(),
                                      .notifications = parts[1].view(),
                                      .settings = parts[2].view(),
                                      .dashboard = parts[3].view(),
                                      .env = {{"API_KEYS", std::string(parts[4].view())}}});
  require(parse_json(encode_configured(parsed)).has_value());
  parse_page(parts[5].view());
  const Core core(std::move(parsed), parse_page("<title>{{title}}</title>{{data}}"));
  Event event{.trigger = Request{.method = "GET", .path = "/"}, .now = kNow};
  for (Document& document : event.documents) document.state = Document::State::absent;
  core.step(event);
  return 0;
}
