#include "notify/away_news.hpp"

#include <iterator>

#include "notify/service_news.hpp"
#include "text/cursor.hpp"
#include "text/json.hpp"

namespace hb {
namespace {

constexpr size_t kExtras = 5;  // their position in a row
constexpr std::string_view kMember = "notified";

// The row without `notified`, which is returned beside it.
struct Parted {
  std::string row{};
  std::string notified{};
};

Parted parted(std::string_view text) {
  std::optional<Json> row = parse_json(text);
  if (!row || !row->is_array() || elements(*row).size() <= kExtras) return {.row = std::string(text)};
  auto& fields = *row->get_ptr<Json::array_t*>();
  auto* extras = fields[kExtras].get_ptr<Json::object_t*>();
  const auto found = extras == nullptr ? Json::object_t::iterator{} : extras->find(std::string(kMember));
  if (extras == nullptr || found == extras->end()) return {.row = std::string(text)};
  Parted out{.notified = dump(found->second)};
  extras->erase(found);
  if (extras->empty()) fields.pop_back();
  out.row = dump(*row);
  return out;
}

// Of a service that is not configured only the id is known.
Service service_of(const Config& config, const std::string& id) {
  const Service* known = config.find(id);
  return known != nullptr ? *known : Service{.id = id, .name = id};
}

}  // namespace

std::vector<Announcement> away_news(const Config& config, const Moment& moment, CheckState& state) {
  std::vector<Announcement> out;
  if (state.away.find("\"notified\"") == std::string::npos) return out;
  const std::string text = "{" + state.away + "}";
  state.away.clear();
  Cursor cursor(text);
  each_member(cursor, [&](std::string_view id) {
    const Parted row = parted(cursor.value());
    if (!state.away.empty()) state.away += ',';
    (((state.away += '"') += id) += "\":") += row.row;
    const Service service = service_of(config, unescaped(id));
    const Notified told = read_notified(row.notified, moment.now);
    const bool is_known = config.find(service.id) != nullptr;
    const auto more = closings(config, service, told, moment,
                               is_known ? "It is disabled" : "It is not in the configuration any more");
    out.insert(out.end(), more.begin(), more.end());
  });
  return out;
}

}  // namespace hb
