// Every way into the core, in one table.
#pragma once

#include <span>
#include <string_view>

#include "config.hpp"
#include "event.hpp"
#include "page.hpp"

namespace hb {

// What a handler works with. The event's documents are those that its route names, read or failed.
struct Context {
  const Config& config;
  const PageTemplate& page;
  const Event& event;

  const Document& document(Key key) const { return event.document(key); }
};

struct Route {
  std::string_view method;
  std::string_view path;  // a last segment `*` stands for any one segment
  bool Api::*enabled;     // its switch in the settings, or null
  std::span<const Key> documents;
  Outcome (*handler)(const Context&);
};

std::span<const Route> routes();

// Whether a path without its trailing slash is this route's.
bool fits(const Route& route, std::string_view path);

}  // namespace hb
