#include "event/event.hpp"

#include <algorithm>
#include <cstring>

namespace hb {
namespace {

constexpr std::array<std::string_view, 3> kKeyNames{"monitor:latest", "monitor:data", "recent:alerts"};

}  // namespace

bool has_bytes(const Document& document) {
  return document.state == Document::State::found || document.state == Document::State::head;
}

bool Event::has_read(const Range& range) const {
  return std::find(ranges.begin(), ranges.end(), range) != ranges.end();
}

std::string_view Event::row(std::string_view key) const {
  const auto found = std::find_if(rows.begin(), rows.end(), [&](const Row& row) { return row.key == key; });
  return found == rows.end() ? std::string_view() : found->bytes;
}

void apply(const Edit& edit, char* bytes) {
  char* const from = bytes + edit.at;
  std::memmove(from, from + edit.dropped, edit.size - edit.dropped);
  std::copy(edit.last.begin(), edit.last.end(), from + edit.size - edit.last.size());
}

std::string Put::text() const {
  std::string all = bytes;
  all += kept.bytes;
  for (const Edit& edit : kept.edits) apply(edit, all.data() + bytes.size());
  return all += rest;
}

std::string_view key_name(Key key) {
  return kKeyNames[static_cast<size_t>(key)];
}

std::optional<Key> key_named(std::string_view name) {
  const auto found = std::find(kKeyNames.begin(), kKeyNames.end(), name);
  if (found == kKeyNames.end()) return std::nullopt;
  return static_cast<Key>(found - kKeyNames.begin());
}

}  // namespace hb
