// GET /api/history: the packed daily history of several services, for the page.

#include <set>

#include "api/lookup.hpp"
#include "documents/monitor_document.hpp"
#include "documents/packed_history.hpp"
#include "event/handlers.hpp"
#include "event/http.hpp"
#include "text/json_writer.hpp"

namespace hb {
namespace {

constexpr size_t kMaxIds = 100;

std::variant<std::vector<std::string>, Error> requested_ids(const Query& query) {
  std::vector<std::string> ids = comma_separated(query.text("ids").value_or(""));
  if (ids.empty()) return Error{400, "ids is missing; name services, as in ?ids=web,db"};
  if (ids.size() > kMaxIds) {
    return Error{400,
                 "ids names " + std::to_string(ids.size()) + " services; at most 100 are answered at once"};
  }
  return ids;
}

std::string print(const Context& context, const std::vector<std::string>& ids) {
  const Config& config = context.config;
  std::vector<size_t> services;
  std::set<size_t> named;
  for (const std::string& id : ids) {
    const auto found = config.by_id.find(id);
    if (found != config.by_id.end() && named.insert(found->second).second) services.push_back(found->second);
  }
  const MonitorDocument monitor_document = read_monitor_document(context.document(Key::data).bytes);
  const History history = monitor_document.history();
  JsonWriter json;
  print_packed_history(json, config, history, read_history(config, history), context.event.now, services,
                       history.days);
  return json.take();
}

}  // namespace

Outcome get_history(const Context& context) {
  const auto ids = requested_ids(Query(context.request().query));
  if (const auto* error = std::get_if<Error>(&ids)) return outcome_of(*error);
  if (auto reply = unreadable(context.event)) return outcome_of(std::move(*reply));
  return outcome_of(json_reply(200, print(context, std::get<std::vector<std::string>>(ids))));
}

}  // namespace hb
