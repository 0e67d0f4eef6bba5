// What the fuzz targets share. Each feeds bytes to parsers that see such bytes from outside, and checks what
// must hold whatever the bytes are.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>
#include <vector>

#include "app/core.hpp"
#include "exact.hpp"
#include "frames.hpp"

// The one door of libFuzzer.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size);

namespace hb {

inline void require(bool holds) {
  if (!holds) abort();
}

inline std::string_view view_of(const uint8_t* data, size_t size) {
  return {reinterpret_cast<const char*>(data), size};
}

// At most `count` texts, separated by bytes 0xFF, each in a block of its own size. Missing ones are empty.
inline std::vector<Exact> split(std::string_view text, size_t count) {
  std::vector<Exact> parts;
  for (size_t i = 0; i < count; ++i) {
    const size_t end = i + 1 == count ? text.size() : std::min(text.find('\xFF'), text.size());
    parts.emplace_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return parts;
}

// A renamed, a disabled and a plain service; keys, origins and a short retention.
inline ParsedConfig parsed_config() {
  return parse_config(
      {.services = R"({
      "groups": [{"id": "g", "name": "G", "services": ["db", "off", "web"], "auth": {"required": false}}],
      "services": [{"id": "db", "formerly": ["mysql"]}, {"id": "off", "enabled": false}, {"id": "web"}, {"id": "keyed"}]})",
       .notifications = "{}",
       .settings = R"({"uptime": {"retentionDays": 5}, "allowedOrigins": ["https://a.example"]})",
       .dashboard = "{}",
       .env = {{"API_KEYS", R"({"keyed": "k", "*": "all"})"}}});
}

// What an outcome is encoded as names each of its parts once.
inline void check_encoding(const Event& event, const Outcome& outcome) {
  const EncodedOutcome encoded = encode_outcome(event, outcome);
  std::vector<std::string_view> parts{encoded.header};
  parts.insert(parts.end(), encoded.parts.begin(), encoded.parts.end());
  outcome_in(parts);
}

inline const Time kNow = *parse_iso("2026-11-22T06:00:00.000Z");

}  // namespace hb
