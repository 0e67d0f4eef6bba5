#include "text/base64.hpp"

#include <cstdint>

namespace hb {
namespace {

constexpr std::string_view kAlphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

std::string_view without_padding(std::string_view text) {
  if (text.size() % 4 != 0) return text;
  if (text.ends_with("==")) return text.substr(0, text.size() - 2);
  return text.ends_with('=') ? text.substr(0, text.size() - 1) : text;
}

}  // namespace

std::string base64(std::string_view bytes) {
  std::string out;
  uint32_t bits = 0;
  int count = 0;
  for (const char c : bytes) {
    bits = bits << 8 | static_cast<uint8_t>(c);
    for (count += 8; count >= 6; count -= 6) out += kAlphabet[bits >> (count - 6) & 63];
  }
  if (count > 0) out += kAlphabet[bits << (6 - count) & 63];
  while (out.size() % 4 != 0) out += '=';
  return out;
}

std::optional<std::string> base64_decoded(std::string_view text) {
  text = without_padding(text);
  std::string out;
  uint32_t bits = 0;
  int count = 0;
  for (const char c : text) {
    const size_t value = kAlphabet.find(c);
    if (value == kAlphabet.npos) return std::nullopt;
    bits = bits << 6 | static_cast<uint32_t>(value);
    count += 6;
    if (count < 8) continue;
    count -= 8;
    out += static_cast<char>(bits >> count & 0xFF);
  }
  const bool has_rest = (bits & ((1U << count) - 1)) != 0;
  if (count >= 6 || has_rest) return std::nullopt;
  return out;
}

}  // namespace hb
