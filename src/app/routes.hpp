// Every way into the core, in two tables: what requests ask for, and what happens without one.
#pragma once

#include <optional>
#include <span>
#include <string_view>

#include "event/context.hpp"
#include "event/http.hpp"

namespace hb {

// Who handles an event.
enum class ServedBy {
  worker,     // every Worker, with or without a collector
  kv_only,    // only a Worker without a collector; the same event has a second row for the collector
  collector,  // the collector, to which its edge forwards
};

// How an event is handled, and what has to be read first.
struct Job {
  ServedBy served_by;
  std::span<const Key> documents;  // in KV
  NamesRows rows;                  // of the collector, or null
  Handler handler;
};

struct Route {
  std::string_view method;
  std::string_view path;                            // a last segment `*` stands for any one segment
  bool Api::*enabled;                               // its switch in the settings, or null
  std::optional<Error> (*refusal)(const Context&);  // of who asks with a key that will not do, or null
  Job job;
};

std::span<const Route> routes();

// Whether a path without its trailing slash is this route's.
bool fits(const Route& route, std::string_view path);

// Whether a job counts where the step runs. With the collector, those served there count at the edge, too.
bool is_served(const Job& job, Role role);

// What a trigger that is no request comes to; null: nothing, in this role.
const Job* job_of(const Trigger& trigger, Role role);

}  // namespace hb
