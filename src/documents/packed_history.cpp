#include "documents/packed_history.hpp"

#include <algorithm>

namespace hb {
namespace {

bool is_base64(char c) {
  return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '+' || c == '/';
}

// Exactly so many days; missing and bad cells are empty ones. Sound cells, which is nearly all, are copied
// without being unpacked.
std::string resized(std::string_view cells, const History& history, int days) {
  const size_t stored = static_cast<size_t>(history.days) * kCellLength;
  const size_t wanted = static_cast<size_t>(days) * kCellLength;
  if (cells.size() == stored) {
    const std::string_view last = cells.substr(stored - wanted);
    if (std::all_of(last.begin(), last.end(), is_base64)) return std::string(last);
  }
  std::string out;
  for (const Minutes& day : daily_minutes(cells, history.last_day, history.last_day, days)) out += pack(day);
  return out;
}

}  // namespace

void print_packed_history(JsonWriter& json, const Config& config, const History& history, Time now,
                          std::span<const size_t> services, int days) {
  days = std::clamp(days, 0, history.days);
  const std::vector<std::string_view> cells = read_history(config, history);
  json.begin_object().member("lastDay", iso_day(history.days > 0 ? history.last_day : day_of(now)));
  json.member("days", days).key("cells").begin_object();
  for (const size_t i : services) json.member(config.services[i].id, resized(cells[i], history, days));
  json.end_object().end_object();
}

}  // namespace hb
