// GET /api/status: the state of every service, as of the last check.

#include "api/lookup.hpp"
#include "api/own_documents.hpp"
#include "documents/status.hpp"
#include "event/handlers.hpp"
#include "event/http.hpp"

namespace hb {
namespace {

Done answer_with(const Context& context) {
  const auto& [config, page, event, session] = context;
  const CurrentStatus status =
      current_status(config, event.now, event.document(Key::latest).bytes, event.document(Key::data).bytes);
  return outcome_of(json_reply(200, print_status(config, event.now, event.role, status)));
}

}  // namespace

Reads reads_to_get_status(const Context& context) {
  return reads_of_status(context);
}

Outcome get_status(const Context& context) {
  if (context.event.role == Role::collector) return answer_with(OwnDocuments(context).context());
  if (auto reply = unreadable(context.event)) return outcome_of(std::move(*reply));
  if (lacks_what_was_published(context)) return Forward{};
  return answer_with(context);
}

}  // namespace hb
