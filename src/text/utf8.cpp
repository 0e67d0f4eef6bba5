#include "text/utf8.hpp"

#include <cstdint>

#include "text/bytes.hpp"

namespace hb {
namespace {

struct Sequence {
  size_t length;  // bytes of the character, or of the maximal bad part
  bool good;
};

bool in_range(std::string_view text, size_t index, uint8_t low, uint8_t high) {
  if (index >= text.size()) return false;
  const auto byte = static_cast<uint8_t>(text[index]);
  return byte >= low && byte <= high;
}

// The Unicode Standard, table 3-7: well-formed byte sequences. `text` is not empty.
Sequence first_sequence(std::string_view text) {
  const auto lead = static_cast<uint8_t>(text[0]);
  if (lead < 0x80) return {1, true};
  if (lead < 0xC2 || lead > 0xF4) return {1, false};
  const size_t length = lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
  uint8_t low = 0x80;
  uint8_t high = 0xBF;
  if (lead == 0xE0) low = 0xA0;
  if (lead == 0xED) high = 0x9F;
  if (lead == 0xF0) low = 0x90;
  if (lead == 0xF4) high = 0x8F;
  if (!in_range(text, 1, low, high)) return {1, false};
  for (size_t i = 2; i < length; ++i) {
    if (!in_range(text, i, 0x80, 0xBF)) return {i, false};
  }
  return {length, true};
}

// How many bytes of ASCII the text begins with; most texts are nothing else.
size_t ascii_length(std::string_view text) {
  constexpr uint64_t kHighBits = 0x8080808080808080;
  size_t length = 0;
  while (length + 8 <= text.size() && (eight_bytes(text.data() + length) & kHighBits) == 0) length += 8;
  while (length < text.size() && static_cast<uint8_t>(text[length]) < 0x80) ++length;
  return length;
}

bool continues(char byte) {
  return (static_cast<uint8_t>(byte) & 0xC0) == 0x80;
}

// Of the character that begins with this byte; characters of four bytes are surrogate pairs.
size_t units_of(char byte) {
  if (continues(byte)) return 0;
  return static_cast<uint8_t>(byte) >= 0xF0 ? 2 : 1;
}

}  // namespace

std::string valid_utf8(std::string_view text) {
  size_t plain = ascii_length(text);
  if (plain == text.size()) return std::string(text);
  std::string out;
  out.reserve(text.size());
  while (!text.empty()) {
    if (plain > 0) {
      out += text.substr(0, plain);
      text.remove_prefix(plain);
      plain = 0;
      continue;
    }
    const Sequence sequence = first_sequence(text);
    out += sequence.good ? text.substr(0, sequence.length) : std::string_view("\xEF\xBF\xBD");
    text.remove_prefix(sequence.length);
    plain = ascii_length(text);
  }
  return out;
}

std::string_view first_characters(std::string_view text, size_t count) {
  for (size_t i = 0; i < text.size(); ++i) {
    if (continues(text[i])) continue;
    if (count-- == 0) return text.substr(0, i);
  }
  return text;
}

std::string_view last_characters(std::string_view text, size_t count) {
  size_t begin = text.size();
  for (; count > 0 && begin > 0; --count) {
    --begin;
    while (begin > 0 && continues(text[begin])) --begin;
  }
  return text.substr(begin);
}

std::string_view first_bytes(std::string_view text, size_t count) {
  if (text.size() <= count) return text;
  while (count > 0 && continues(text[count])) --count;
  return text.substr(0, count);
}

size_t units(std::string_view text) {
  size_t count = 0;
  for (const char byte : text) count += units_of(byte);
  return count;
}

std::string shortened(std::string_view text, size_t count) {
  // No character has more units than bytes.
  if (text.size() <= count) return std::string(text);
  size_t used = 0;
  size_t end = 0;  // of what leaves room for an ellipsis
  for (size_t i = 0; i < text.size(); ++i) {
    if (!continues(text[i]) && used < count) end = i;
    used += units_of(text[i]);
    if (used > count) return std::string(text.substr(0, end)) + (count > 0 ? "\u2026" : "");
  }
  return std::string(text);
}

}  // namespace hb
