#include "api/own_documents.hpp"
#include "event/handlers.hpp"
#include "event/http.hpp"
#include "page/page.hpp"
#include "page/view.hpp"

namespace hb {
namespace {

constexpr std::string_view kPolicy =
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data: https:; connect-src "
    "'self'; "
    "font-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

constexpr size_t kFrameSize = 16'384;   // bytes, alerts included
constexpr size_t kServiceSize = 1'536;  // bytes, embedded data included

Done page_of(const Context& context) {
  const PageView view(context);
  Reply reply{.headers = {{"Content-Type", "text/html; charset=utf-8"},
                          {"Content-Security-Policy", std::string(kPolicy)}}};
  if (!view.is_readable || !view.are_alerts_readable) {
    reply.status = 503;
    reply.headers.emplace_back("Retry-After", "60");
  }
  reply.body.reserve(kFrameSize + view.status.services.size() * kServiceSize);
  fill(reply.body, context.page, view);
  return outcome_of(std::move(reply));
}

}  // namespace

Reads reads_to_get_page(const Context& context) {
  Reads reads = reads_of_status(context);
  if (context.event.role != Role::collector) reads.documents.push_back(Key::alerts);
  return reads;
}

Outcome get_page(const Context& context) {
  if (context.event.role == Role::collector) return page_of(OwnDocuments(context).context());
  const bool is_read = context.document(Key::data).state != Document::State::failed;
  if (is_read && lacks_what_was_published(context)) return Forward{};
  return page_of(context);
}

}  // namespace hb
