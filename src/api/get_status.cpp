// GET /api/status: the state of every service, as of the last check.

#include "api/lookup.hpp"
#include "api/own_documents.hpp"
#include "check/current_due.hpp"
#include "documents/status.hpp"
#include "event/handlers.hpp"
#include "event/http.hpp"

namespace hb {
namespace {

// Of many services the history is most of the document, and not needed.
constexpr size_t kMany = 500;
constexpr size_t kFrameSize = 16'384;  // bytes
constexpr size_t kServiceSize = 256;   // in the summary, with a message

bool is_cut_too_short(const Context& context) {
  const Document& data = context.document(Key::data);
  return data.state == Document::State::head && !read_monitor_document(data.bytes).has_all_in_front;
}

Done answer_with(const Context& context) {
  const auto& [config, page, event, session] = context;
  const CurrentStatus status = with_dues(
      event.now,
      current_status(config, event.now, event.document(Key::latest).bytes, event.document(Key::data).bytes));
  return outcome_of(json_reply(200, print_status(config, event.now, event.role, status)));
}

}  // namespace

Reads reads_to_get_status(const Context& context) {
  const size_t count = context.config.services.size();
  Reads reads = reads_of_status(context);
  if (count >= kMany) reads.head = kFrameSize + count * kServiceSize;
  return reads;
}

Outcome get_status(const Context& context) {
  if (context.event.role == Role::collector) return answer_with(OwnDocuments(context).context());
  if (auto reply = unreadable(context.event)) return outcome_of(std::move(*reply));
  if (lacks_what_was_published(context)) return Forward{};
  if (is_cut_too_short(context)) return Ask{.documents = {Key::data}};
  return answer_with(context);
}

}  // namespace hb
