// Whether stored bytes are JSON that may be copied into a document as they are.
#pragma once

#include <cstring>
#include <string_view>

#include "text/bytes.hpp"

namespace hb {

// Whether the text is one JSON value and nothing else, in UTF-8, and nested no deeper than kMaxDepth. One pass
// over the bytes, without building anything. Escaped surrogates count as damage: nothing here writes them.
bool is_whole_json(std::string_view text);

// Whether it may stand between the quotes of a JSON string.
bool is_raw_string(std::string_view text);

// The same, and of printable ASCII without an escape, as ids and cells mostly are: a block or eight bytes at a time.
inline bool is_plain(std::string_view text) {
  static constexpr uint64_t kOfEach = 0x0101010101010101;
  const auto has_odd = [](uint64_t bytes) {
    const uint64_t quotes = bytes ^ (kOfEach * '"');
    const uint64_t escapes = bytes ^ (kOfEach * '\\');
    const uint64_t odd = (bytes - kOfEach * 0x20) | (quotes - kOfEach) | (escapes - kOfEach) | bytes;
    return (odd & (kOfEach * 0x80)) != 0;
  };
  const auto is_odd = [](char c) { return (static_cast<signed char>(c) < 0x20) | (c == '"') | (c == '\\'); };
  for (; text.size() >= kBytesAtOnce; text.remove_prefix(kBytesAtOnce)) {
    if (any_in_block(text.data(), is_odd)) return false;
  }
  for (; text.size() >= 8; text.remove_prefix(8)) {
    if (has_odd(eight_bytes(text.data()))) return false;
  }
  uint64_t rest = kOfEach * 'A';
  if (!text.empty()) std::memcpy(&rest, text.data(), text.size());
  return !has_odd(rest);
}

}  // namespace hb
