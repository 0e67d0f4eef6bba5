#include "message/spellings.hpp"

#include <charconv>
#include <cstdint>
#include <iterator>
#include <optional>
#include <utility>

namespace hb {
namespace {

constexpr size_t kShortestRun = 6;  // of base64 or hexadecimal that is worth reading

// What stands for a character, and how many bytes it takes.
struct Escaped {
  uint32_t character = 0;
  size_t size = 0;
};

std::optional<uint32_t> number_in(std::string_view digits, int base) {
  uint32_t out = 0;
  const char* end = digits.data() + digits.size();
  const auto [rest, error] = std::from_chars(digits.data(), end, out, base);
  if (digits.empty() || error != std::errc{} || rest != end || out > 0x10FFFF) return std::nullopt;
  return out;
}

// "%2F" and "\x2f", "\u002f": so many digits behind a mark of that size.
std::optional<Escaped> hexadecimal(std::string_view text, size_t mark, size_t digits) {
  if (text.size() < mark + digits) return std::nullopt;
  const auto number = number_in(text.substr(mark, digits), 16);
  return number ? std::optional(Escaped{*number, mark + digits}) : std::nullopt;
}

std::optional<Escaped> after_backslash(std::string_view text) {
  if (text.size() < 2) return std::nullopt;
  if (text[1] == 'u') return hexadecimal(text, 2, 4);
  if (text[1] == 'x') return hexadecimal(text, 2, 2);
  if (text[1] == 'n') return Escaped{'\n', 2};
  if (text[1] == 't') return Escaped{'\t', 2};
  return Escaped{static_cast<uint8_t>(text[1]), 2};
}

std::optional<Escaped> entity(std::string_view text) {
  static constexpr std::pair<std::string_view, char> kNamed[] = {
      {"amp", '&'}, {"lt", '<'}, {"gt", '>'}, {"quot", '"'}, {"apos", '\''}};
  const size_t end = text.substr(0, 12).find(';');
  if (end == text.npos) return std::nullopt;
  const std::string_view name = text.substr(1, end - 1);
  for (const auto& [known, character] : kNamed) {
    if (name == known) return Escaped{static_cast<uint8_t>(character), end + 1};
  }
  if (name.size() < 2 || name[0] != '#') return std::nullopt;
  const bool is_hex = (name[1] | 0x20) == 'x';
  const auto number = number_in(name.substr(is_hex ? 2 : 1), is_hex ? 16 : 10);
  return number ? std::optional(Escaped{*number, end + 1}) : std::nullopt;
}

std::optional<Escaped> escape_at(std::string_view text) {
  if (text[0] == '%') return hexadecimal(text, 1, 2);
  if (text[0] == '\\') return after_backslash(text);
  if (text[0] == '&') return entity(text);
  if (text[0] == '+') return Escaped{' ', 1};
  return std::nullopt;
}

// A percent sign encodes a byte, all others characters.
void append_character(std::string& out, uint32_t character, bool is_byte) {
  const auto byte = [&](uint32_t value) { out += static_cast<char>(value); };
  if (character < 0x80 || is_byte) return byte(character);
  if (character >= 0x10000) byte(0xF0 | character >> 18);
  if (character >= 0x800)
    byte(character >= 0x10000 ? 0x80 | (character >> 12 & 0x3F) : 0xE0 | character >> 12);
  byte(character >= 0x800 ? 0x80 | (character >> 6 & 0x3F) : 0xC0 | character >> 6);
  byte(0x80 | (character & 0x3F));
}

int base64_value(char c) {
  if (c >= 'A' && c <= 'Z') return c - 'A';
  if (c >= 'a' && c <= 'z') return c - 'a' + 26;
  if (c >= '0' && c <= '9') return c - '0' + 52;
  if (c == '+' || c == '-') return 62;
  return c == '/' || c == '_' ? 63 : -1;
}

int hex_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  const char small = static_cast<char>(c | 0x20);
  return small >= 'a' && small <= 'f' ? small - 'a' + 10 : -1;
}

// An alphabet of so many bits a letter.
struct Alphabet {
  int (*value)(char);
  int bits;
};

// The bytes that the letters between two positions of the spelling make.
void append_bytes(Spelling& out, const Spelling& of, const Alphabet& alphabet, size_t from, size_t until) {
  uint32_t bits = 0;
  int count = 0;
  size_t first = from;
  for (size_t i = from; i < until; ++i) {
    if (count == 0) first = i;
    bits = bits << alphabet.bits | static_cast<uint32_t>(alphabet.value(of.text[i]));
    count += alphabet.bits;
    if (count < 8) continue;
    count -= 8;
    out.text += static_cast<char>(bits >> count & 0xFF);
    out.places.push_back({of.places[first].first, of.places[i].last});
    first = i;
  }
}

// All runs of the alphabet's letters, each without its first `skipped` letters; something else between them.
Spelling bytes_of(const Spelling& of, const Alphabet& alphabet, size_t skipped) {
  Spelling out;
  size_t start = 0;
  for (size_t i = 0; i <= of.text.size(); ++i) {
    if (i < of.text.size() && alphabet.value(of.text[i]) >= 0) continue;
    if (i - start >= kShortestRun) {
      append_bytes(out, of, alphabet, start + skipped, i);
      out.text += '\0';
      out.places.push_back({start, start});
    }
    start = i + 1;
  }
  return out;
}

}  // namespace

Spelling spelling_of(std::string_view text) {
  Spelling out{.text = std::string(text)};
  for (size_t i = 0; i < text.size(); ++i) out.places.push_back({i, i + 1});
  return out;
}

Spelling undone(const Spelling& spelling) {
  Spelling out;
  const std::string_view text = spelling.text;
  for (size_t i = 0; i < text.size();) {
    const auto escape = escape_at(text.substr(i));
    const size_t size = escape ? escape->size : 1;
    if (escape) append_character(out.text, escape->character, text[i] == '%');
    if (!escape) out.text += text[i];
    out.places.resize(out.text.size(), {spelling.places[i].first, spelling.places[i + size - 1].last});
    i += size;
  }
  return out;
}

std::vector<Spelling> spellings(std::string_view text) {
  static constexpr Alphabet kBase64{base64_value, 6};
  static constexpr Alphabet kHex{hex_value, 4};
  std::vector<Spelling> plain = {spelling_of(text)};
  while (plain.size() < 3) plain.push_back(undone(plain.back()));
  std::vector<Spelling> out;
  for (const Spelling& spelling : plain) {
    for (size_t skipped = 0; skipped < 4; ++skipped) out.push_back(bytes_of(spelling, kBase64, skipped));
    for (size_t skipped = 0; skipped < 2; ++skipped) out.push_back(bytes_of(spelling, kHex, skipped));
  }
  for (Spelling& bytes : out) bytes = undone(bytes);
  out.insert(out.end(), std::make_move_iterator(plain.begin()), std::make_move_iterator(plain.end()));
  return out;
}

}  // namespace hb
