#include "documents/packed_history.hpp"

#include <algorithm>

#include "text/bytes.hpp"

namespace hb {
namespace {

static_assert(kCellLength == 8);
constexpr size_t kWithId = 64;  // bytes for an id, mostly

constexpr uint64_t each_of_eight(char c) {
  return uint64_t{0x0101010101010101} * static_cast<uint8_t>(c);
}

// The high bit of each of eight bytes that is from `first` to `last`. None of them may have its own set.
constexpr uint64_t between(uint64_t bytes, char first, char last) {
  const uint64_t reach_first = bytes + each_of_eight(static_cast<char>(0x80 - first));
  const uint64_t pass_last = bytes + each_of_eight(static_cast<char>(0x7F - last));
  return reach_first & ~pass_last & each_of_eight('\x80');
}

// Whether all are of the alphabet of cells, A-Z a-z 0-9 + /, a cell at a time.
bool are_cells(std::string_view cells) {
  static constexpr uint64_t kHigh = each_of_eight('\x80');
  uint64_t sound = kHigh;
  for (size_t at = 0; at + kCellLength <= cells.size(); at += kCellLength) {
    const uint64_t cell = eight_bytes(cells.data() + at);
    const uint64_t ascii = cell & ~kHigh;
    const uint64_t letters = between(ascii | each_of_eight(' '), 'a', 'z');
    sound &= (letters | between(ascii, '/', '9') | between(ascii, '+', '+')) & ~cell;
  }
  return sound == kHigh;
}

// Exactly so many days; missing and bad cells are empty ones. Sound cells, which is nearly all, are copied
// without being unpacked.
void print_resized(JsonWriter& json, std::string_view cells, const History& history, int days) {
  const size_t stored = static_cast<size_t>(history.days) * kCellLength;
  const size_t wanted = static_cast<size_t>(days) * kCellLength;
  if (cells.size() == stored && are_cells(cells.substr(stored - wanted))) {
    return void(json.raw_string(cells.substr(stored - wanted)));
  }
  std::string out;
  for (const Minutes& day : daily_minutes(cells, history.last_day, history.last_day, days)) out += pack(day);
  json.raw_string(out);
}

}  // namespace

void print_packed_history(JsonWriter& json, const Config& config, const History& history,
                          std::span<const std::string_view> cells, Time now, std::span<const size_t> services,
                          int days) {
  days = std::clamp(days, 0, history.days);
  json.begin_object().member("lastDay", iso_day(history.days > 0 ? history.last_day : day_of(now)));
  json.member("days", days).key("cells").begin_object();
  json.reserve(json.text().size() + services.size() * (static_cast<size_t>(days) * kCellLength + kWithId));
  for (const size_t i : services) print_resized(json.key(config.services[i].id), cells[i], history, days);
  json.end_object().end_object();
}

}  // namespace hb
