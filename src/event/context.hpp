// What a handler is handed.
#pragma once

#include "config/config.hpp"
#include "event/event.hpp"

namespace hb {

struct PageTemplate;

// What a handler works with. The event's documents are those that its route names, read or failed.
struct Context {
  const Config& config;
  const PageTemplate& page;
  const Event& event;

  const Document& document(Key key) const { return event.document(key); }
};

}  // namespace hb
