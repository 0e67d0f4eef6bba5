// Texts compared and looked through many bytes at a time; the library of Emscripten takes them one by one.
#pragma once

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace hb {

inline uint64_t eight_bytes(const char* at) {
  uint64_t bytes = 0;
  std::memcpy(&bytes, at, sizeof bytes);
  return bytes;
}

// Without a branch for each byte, so that the compiler takes them many at a time.
inline constexpr size_t kBytesAtOnce = 64;
template <class Is>
bool any_in_block(const char* at, Is is) {
  unsigned char any = 0;
  for (size_t i = 0; i < kBytesAtOnce; ++i) any = static_cast<unsigned char>(any | is(at[i]));
  return any != 0;
}

// Ids that differ mostly do so at their end, which is therefore looked at first.
inline bool is_same(std::string_view one, std::string_view other) {
  const size_t size = one.size();
  if (size != other.size()) return false;
  if (size < 8) return std::equal(one.begin(), one.end(), other.begin());
  if (eight_bytes(one.data() + size - 8) != eight_bytes(other.data() + size - 8)) return false;
  for (size_t i = 0; i + 8 < size; i += 8) {
    if (eight_bytes(one.data() + i) != eight_bytes(other.data() + i)) return false;
  }
  return true;
}

// Where the first `c` stands at or behind `from`; the size of the text when there is none. The test for eight at once is
// that of "Bit Twiddling Hacks" (haszero).
inline size_t position_of(char c, std::string_view text, size_t from = 0) {
  static constexpr uint64_t kOfEach = 0x0101010101010101;
  const auto is_it = [c](char one) { return one == c; };
  while (from + kBytesAtOnce <= text.size() && !any_in_block(text.data() + from, is_it)) from += kBytesAtOnce;
  for (; from + 8 <= text.size(); from += 8) {
    const uint64_t bytes = eight_bytes(text.data() + from) ^ (kOfEach * static_cast<uint8_t>(c));
    if (((bytes - kOfEach) & ~bytes & (kOfEach * 0x80)) != 0) break;
  }
  while (from < text.size() && text[from] != c) ++from;
  return from;
}

inline bool contains(std::string_view text, char c) {
  return position_of(c, text) < text.size();
}

}  // namespace hb
