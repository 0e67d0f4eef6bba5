#include "documents/tally.hpp"

#include "text/json.hpp"
#include "text/json_writer.hpp"

namespace hb {

Tally read_tally(std::string_view text) {
  Tally tally;
  const auto json = parse_json(text);
  if (!json) return tally;
  for (const auto& [name, count] : members(*json)) {
    const auto number = as_integer(count);
    if (number && *number > 0 && tally.size() < kMaxTally) tally.emplace(name, *number);
  }
  return tally;
}

void print_tally(JsonWriter& json, const Tally& tally) {
  json.begin_object();
  for (const auto& [name, count] : tally) json.member(name, count);
  json.end_object();
}

std::string write_tally(const Tally& tally) {
  JsonWriter json;
  print_tally(json, tally);
  return json.take();
}

Tally& operator+=(Tally& sum, const Tally& more) {
  for (const auto& [name, count] : more) sum[name] += count;
  return sum;
}

}  // namespace hb
