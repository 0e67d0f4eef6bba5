// GET /api/status: the state of every service, as of the last check.

#include "api/lookup.hpp"
#include "documents/status.hpp"
#include "event/handlers.hpp"
#include "event/http.hpp"

namespace hb {

Outcome get_status(const Context& context) {
  if (auto reply = unreadable(context.event)) return outcome_of(std::move(*reply));
  const auto& [config, page, event, session] = context;
  const CurrentStatus status =
      current_status(config, event.now, event.document(Key::latest).bytes, event.document(Key::data).bytes);
  return outcome_of(json_reply(200, print_status(config, event.now, event.role, status)));
}

}  // namespace hb
