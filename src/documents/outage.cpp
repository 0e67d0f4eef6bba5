#include "documents/outage.hpp"

#include <algorithm>
#include <tuple>

#include "text/cursor.hpp"
#include "text/json_writer.hpp"

namespace hb {

void print_outages(JsonWriter& json, const std::vector<UnreportedOutage>& outages) {
  json.begin_array();
  for (const auto& [status, from, to] : outages)
    json.begin_array().value(status_name(status)).value(to_ms(from)).value(to_ms(to)).end_array();
  json.end_array();
}

UnreportedOutage read_outage(Cursor& cursor) {
  UnreportedOutage outage;
  cursor.expect('[');
  const Status status = status_named(cursor.string()).value_or(Status::up);
  outage.status = is_problem(status) ? status : Status::up;
  cursor.expect(',');
  outage.from = from_ms(cursor.integer());
  cursor.expect(',');
  outage.to = from_ms(cursor.integer());
  cursor.expect(']');
  return outage;
}

int join(std::vector<UnreportedOutage>& outages, const std::vector<UnreportedOutage>& more) {
  outages.insert(outages.end(), more.begin(), more.end());
  const auto order = [](const UnreportedOutage& outage) {
    return std::tuple(outage.from, outage.to, outage.status);
  };
  std::sort(outages.begin(), outages.end(), [&](const UnreportedOutage& one, const UnreportedOutage& other) {
    return order(one) < order(other);
  });
  outages.erase(std::unique(outages.begin(), outages.end()), outages.end());
  const size_t left_out = outages.size() - std::min(outages.size(), kMaxUnreportedOutages);
  outages.erase(outages.begin(), outages.begin() + static_cast<std::ptrdiff_t>(left_out));
  return static_cast<int>(left_out);
}

}  // namespace hb
