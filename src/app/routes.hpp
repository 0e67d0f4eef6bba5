// Every way into the core, in one table.
#pragma once

#include <optional>
#include <span>
#include <string_view>

#include "event/context.hpp"
#include "event/http.hpp"

namespace hb {

// Where a route is served: by the Worker, with or without the collector; by the Worker while there is no
// collector; in the collector, to which the Worker forwards.
enum class Where { edge, alone, collector };

struct Route {
  std::string_view method;
  std::string_view path;  // a last segment `*` stands for any one segment
  Where where;
  bool Api::*enabled;                               // its switch in the settings, or null
  std::optional<Error> (*refusal)(const Context&);  // of who asks with a key that will not do, or null
  std::span<const Key> documents;                   // in KV
  Outcome (*handler)(const Context&);
};

std::span<const Route> routes();

// Whether a route counts where the step runs. With the collector, those served there count at the edge, too.
bool is_served(const Route& route, Place place);

// Whether a path without its trailing slash is this route's.
bool fits(const Route& route, std::string_view path);

}  // namespace hb
