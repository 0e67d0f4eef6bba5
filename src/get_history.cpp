// GET /api/history: the packed daily history of several services, for the page.

#include <algorithm>
#include <set>

#include "data.hpp"
#include "handlers.hpp"
#include "http.hpp"
#include "json.hpp"
#include "lookup.hpp"

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

bool is_base64(char c) {
  return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '+' || c == '/';
}

// Exactly the document's number of days; missing and bad cells are empty ones. Sound cells, which is nearly
// all, are copied without being unpacked.
std::string fitted(std::string_view cells, const History& history) {
  const size_t wanted = static_cast<size_t>(history.days) * kCellLength;
  if (cells.size() == wanted && std::all_of(cells.begin(), cells.end(), is_base64)) return std::string(cells);
  std::string out;
  const Day last = history.last_day;
  for (const Minutes& day : daily_minutes(cells, last, last, history.days)) out += pack(day);
  return out;
}

// A document without history has no last day either: then it is today, of no days.
std::string print(const Context& context, const std::vector<std::string>& ids) {
  const Config& config = context.config;
  const Data data = read_data(context.document(Key::data).bytes);
  const History history = data.history();
  const std::vector<std::string_view> cells = read_history(config, history);
  const Day last_day = history.days > 0 ? history.last_day : day_of(context.event.now);
  JsonWriter json;
  json.begin_object().member("lastDay", iso_day(last_day)).member("days", history.days);
  json.key("cells").begin_object();
  std::set<size_t> printed;
  for (const std::string& id : ids) {
    const auto found = config.by_id.find(id);
    if (found == config.by_id.end() || !printed.insert(found->second).second) continue;
    json.member(config.services[found->second].id, fitted(cells[found->second], history));
  }
  return json.end_object().end_object().take();
}

}  // namespace

Outcome get_history(const Context& context) {
  const auto ids = requested_ids(Query(context.event.query));
  if (const auto* error = std::get_if<Error>(&ids)) return outcome_of(*error);
  if (auto reply = unreadable(context.event)) return outcome_of(std::move(*reply));
  return outcome_of(json_reply(200, print(context, std::get<std::vector<std::string>>(ids))));
}

}  // namespace hb
