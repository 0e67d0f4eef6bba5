#include "text/visible.hpp"

#include <algorithm>
#include <cstdint>

namespace hb {
namespace {

struct Characters {
  uint32_t first = 0;
  uint32_t last = 0;
};

// The Unicode Standard: C0 and C1, marks and embeddings of bidirectional text, invisible operators, annotations,
// tags. The joiners U+200C and U+200D stay: letters and emojis are made with them.
constexpr Characters kInvisible[] = {
    {0x00, 0x08},     {0x0B, 0x1F},     {0x7F, 0x9F},     {0x061C, 0x061C},
    {0x180E, 0x180E}, {0x200B, 0x200B}, {0x200E, 0x200F}, {0x202A, 0x202E},
    {0x2060, 0x206F}, {0xFEFF, 0xFEFF}, {0xFFF9, 0xFFFB}, {0xE0000, 0xE0FFF},
};

bool is_invisible(uint32_t character) {
  return std::any_of(std::begin(kInvisible), std::end(kInvisible), [character](const Characters& range) {
    return character >= range.first && character <= range.last;
  });
}

// The line and paragraph separators, and the next line of C1.
bool is_line_end(uint32_t character) {
  return character == 0x2028 || character == 0x2029 || character == 0x85;
}

size_t size_of(char lead) {
  const auto byte = static_cast<uint8_t>(lead);
  return byte < 0x80 ? 1 : byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4;
}

// The first character of valid UTF-8, in `size` bytes.
uint32_t first_character(std::string_view text, size_t size) {
  static constexpr uint32_t kBits[] = {0, 0x7F, 0x1F, 0x0F, 0x07};
  uint32_t out = static_cast<uint8_t>(text[0]) & kBits[size];
  for (size_t i = 1; i < size; ++i) out = out << 6 | (static_cast<uint8_t>(text[i]) & 0x3F);
  return out;
}

// How many of the first characters are printable ASCII, as most are.
size_t plain_prefix(std::string_view text) {
  const auto is_other = [](char c) { return c < ' ' || c > '~'; };
  return static_cast<size_t>(std::find_if(text.begin(), text.end(), is_other) - text.begin());
}

}  // namespace

std::string visible(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (;;) {
    const size_t plain = plain_prefix(text);
    out += text.substr(0, plain);
    text.remove_prefix(plain);
    if (text.empty()) return out;
    const size_t size = std::min(size_of(text[0]), text.size());
    const uint32_t character = first_character(text, size);
    if (is_line_end(character)) {
      out += '\n';
    } else if (!is_invisible(character)) {
      out += text.substr(0, size);
    }
    text.remove_prefix(size);
  }
}

}  // namespace hb
