// What a handler is handed.
#pragma once

#include <vector>

#include "config/config.hpp"
#include "event/event.hpp"

namespace hb {

struct PageTemplate;
struct Session;

// What a handler works with. The event's documents are those that its route names, read or failed; in the
// collector its rows are those that the route names, and the session is open.
struct Context {
  const Config& config;
  const PageTemplate& page;
  const Event& event;
  Session& session;  // what it changes is kept

  const Request& request() const { return event.request(); }
  const Document& document(Key key) const { return event.document(key); }
};

using Handler = Outcome (*)(const Context&);

// The collector's rows that an event has to see, as far as they can be named with what was read already.
struct Reads {
  std::vector<Key> documents{};  // besides those of the table
  size_t head = 0;               // as in Ask
  std::vector<Range> rows{};
  bool zones = false;       // those that the configuration names
  bool is_complete = true;  // else others can be named once these are read
};

using NamesRows = Reads (*)(const Context&);

}  // namespace hb
