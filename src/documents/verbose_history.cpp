#include "documents/verbose_history.hpp"

#include <algorithm>
#include <map>

#include "documents/history.hpp"
#include "text/cursor.hpp"
#include "text/json.hpp"
#include "text/json_writer.hpp"

namespace hb {
namespace {

constexpr int kMaxVerboseDays = 400;

using Days = std::map<Day, Minutes>;

int checks(const Json& day, std::string_view name) {
  return static_cast<int>(std::clamp<int64_t>(integer_member(day, name).value_or(0), 0, kMinutesPerDay));
}

Days read_days(const Json& service) {
  Days days;
  const Json* found = member(service, "days");
  if (found == nullptr) return days;
  for (const auto& [date, day] : members(*found)) {
    const auto key = parse_day(date);
    if (!key) continue;
    days[*key] = {checks(day, "upChecks"), checks(day, "degradedChecks"), checks(day, "downChecks"),
                  checks(day, "unknownChecks")};
  }
  return days;
}

}  // namespace

VerboseHistory read_verbose_history(std::string_view json) {
  std::vector<std::pair<std::string, Days>> services;
  Cursor cursor(json);
  each_member(cursor, [&](std::string_view id) {
    const auto service = parse_json(cursor.value());
    Days days = service ? read_days(*service) : Days{};
    if (!days.empty()) services.emplace_back(id, std::move(days));
  });
  if (services.empty()) return {};

  Day first = services[0].second.begin()->first;
  VerboseHistory history{.last_day = first};
  for (const auto& [id, days] : services) {
    first = std::min(first, days.begin()->first);
    history.last_day = std::max(history.last_day, days.rbegin()->first);
  }
  history.days = static_cast<int>(std::min<int64_t>((history.last_day - first).count() + 1, kMaxVerboseDays));
  JsonWriter cells;
  cells.begin_object();
  for (const auto& [id, days] : services) {
    std::string packed;
    for (int i = history.days - 1; i >= 0; --i) {
      const auto found = days.find(history.last_day - std::chrono::days{i});
      packed += found == days.end() ? std::string(kEmptyCell) : pack(found->second);
    }
    cells.raw_key(id).value(packed);
  }
  history.cells = cells.end_object().take();
  return history;
}

}  // namespace hb
