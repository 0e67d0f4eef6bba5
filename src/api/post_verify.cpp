// POST /api/verify: the whole way of a heartbeat, which then counts for nobody.
//
// The edge judges it and sends the collector what it would answer; the collector stores that in a row of its
// own, reads it back, and answers it.

#include "api/authorized_heartbeats.hpp"
#include "collector/rows.hpp"
#include "event/handlers.hpp"
#include "text/cursor.hpp"
#include "text/json.hpp"

namespace hb {
namespace {

constexpr std::string_view kStatus = "status";

std::string verdict_of(const AuthorizedHeartbeats& heartbeats) {
  const size_t authorized = heartbeats.authorized.size();
  const size_t all = heartbeats.results.size();
  if (authorized == 0) return "All heartbeats failed";
  if (authorized < all) return "Verified in part: " + partial_message(heartbeats);
  return "Verified for " + std::to_string(all) + " service(s)";
}

// The members of the answer but for what the collector has to say.
void print(JsonWriter& json, const Context& context, const AuthorizedHeartbeats& heartbeats) {
  json.member("message", verdict_of(heartbeats)).member("timestamp", iso(context.event.now));
  print_warning(json, heartbeats);
  json.member("edge", context.config.identity);
  print_results(json, heartbeats, context.event.now);
}

Reply none_verified(const Context& context, const AuthorizedHeartbeats& heartbeats) {
  JsonWriter json;
  json.begin_object().member("success", false).member("message", verdict_of(heartbeats));
  print_results(json, heartbeats, context.event.now);
  return json_reply(status_of(heartbeats), json.end_object().take());
}

Reply verified_without_collector(const Context& context, const AuthorizedHeartbeats& heartbeats) {
  JsonWriter json;
  json.begin_object().member("success", true);
  print(json, context, heartbeats);
  json.member("stored", false);
  json.member("note", "Ids and keys are right; nothing was stored, because there is no collector");
  return json_reply(status_of(heartbeats), json.end_object().take());
}

Outcome forwarded(const Context& context, const AuthorizedHeartbeats& heartbeats) {
  JsonWriter json;
  json.begin_object().member(kStatus, status_of(heartbeats));
  print(json, context, heartbeats);
  return Forward{.body = json.end_object().take()};
}

Outcome verify(const Context& context) {
  auto authorized = authorize_body(context);
  if (auto* refusal = std::get_if<Done>(&authorized)) return std::move(*refusal);
  const auto& heartbeats = std::get<AuthorizedHeartbeats>(authorized);
  if (heartbeats.authorized.empty()) return outcome_of(none_verified(context, heartbeats));
  if (context.event.role == Role::edge) return forwarded(context, heartbeats);
  return outcome_of(verified_without_collector(context, heartbeats));
}

// Out of what the edge sent, as it was read back.
Reply verified(const Context& context, std::string_view row) {
  int64_t status = 200;
  JsonWriter json;
  json.begin_object().member("success", true);
  Cursor cursor(row);
  each_member(cursor, [&](std::string_view key) {
    if (key == kStatus) return void(status = cursor.integer_or_skip());
    json.raw_key(key).raw(cursor.value());
  });
  json.member("stored", true).member("collector", context.config.identity);
  return json_reply(static_cast<int>(status), json.end_object().take());
}

Outcome store(const Context& context) {
  const Event& event = context.event;
  const std::string_view sent = event.request().body;
  const Range range{kVerifyRow};
  if (!event.has_read(range)) return Ask{.rows = {range}, .writes = {{kVerifyRow, std::string(sent)}}};
  if (event.row(kVerifyRow) != sent) {
    return outcome_of(unavailable("What was stored was not read back as it was; ask again", 10));
  }
  return outcome_of(verified(context, event.row(kVerifyRow)));
}

}  // namespace

Outcome post_verify(const Context& context) {
  return context.event.role == Role::collector ? store(context) : verify(context);
}

}  // namespace hb
