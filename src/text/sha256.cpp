#include "text/sha256.hpp"

#include <array>
#include <cstdint>

namespace hb {
namespace {

constexpr size_t kBlock = 64;

using Words = std::array<uint32_t, 8>;

constexpr Words kStart = {0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
                          0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19};

constexpr std::array<uint32_t, 64> kRound = {
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
    0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
    0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
    0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
    0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
    0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
    0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
    0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2};

uint32_t rotated(uint32_t word, int by) {
  return word >> by | word << (32 - by);
}

uint32_t big_endian(std::string_view bytes, size_t at) {
  uint32_t word = 0;
  for (size_t i = 0; i < 4; ++i) word = word << 8 | static_cast<uint8_t>(bytes[at + i]);
  return word;
}

std::array<uint32_t, 64> schedule(std::string_view block) {
  std::array<uint32_t, 64> w{};
  for (size_t i = 0; i < 16; ++i) w[i] = big_endian(block, 4 * i);
  for (size_t i = 16; i < 64; ++i) {
    const uint32_t near = rotated(w[i - 2], 17) ^ rotated(w[i - 2], 19) ^ w[i - 2] >> 10;
    const uint32_t far = rotated(w[i - 15], 7) ^ rotated(w[i - 15], 18) ^ w[i - 15] >> 3;
    w[i] = near + w[i - 7] + far + w[i - 16];
  }
  return w;
}

void add_block(Words& state, std::string_view block) {
  const auto w = schedule(block);
  auto [a, b, c, d, e, f, g, h] = state;
  for (size_t i = 0; i < 64; ++i) {
    const uint32_t choice = (e & f) ^ (~e & g);
    const uint32_t first = h + (rotated(e, 6) ^ rotated(e, 11) ^ rotated(e, 25)) + choice + kRound[i] + w[i];
    const uint32_t majority = (a & b) ^ (a & c) ^ (b & c);
    const uint32_t second = (rotated(a, 2) ^ rotated(a, 13) ^ rotated(a, 22)) + majority;
    h = g, g = f, f = e, e = d + first, d = c, c = b, b = a, a = first + second;
  }
  const Words sum = {a, b, c, d, e, f, g, h};
  for (size_t i = 0; i < state.size(); ++i) state[i] += sum[i];
}

void append_big_endian(std::string& out, uint64_t number, int bytes) {
  for (int i = bytes; i-- > 0;) out += static_cast<char>(number >> (8 * i) & 0xFF);
}

// What follows the last whole block: the rest, a one bit, zeros, and the length in bits.
std::string tail(std::string_view text) {
  std::string out(text.substr(text.size() - text.size() % kBlock));
  out += '\x80';
  while (out.size() % kBlock != kBlock - 8) out += '\0';
  append_big_endian(out, uint64_t{text.size()} * 8, 8);
  return out;
}

std::string masked(std::string_view key, char mask) {
  std::string out(kBlock, mask);
  for (size_t i = 0; i < key.size(); ++i) out[i] = static_cast<char>(out[i] ^ key[i]);
  return out;
}

}  // namespace

std::string sha256(std::string_view text) {
  Words state = kStart;
  const std::string end = tail(text);
  for (size_t at = 0; at + kBlock <= text.size(); at += kBlock) add_block(state, text.substr(at, kBlock));
  for (size_t at = 0; at < end.size(); at += kBlock)
    add_block(state, std::string_view(end).substr(at, kBlock));
  std::string out;
  for (const uint32_t word : state) append_big_endian(out, word, 4);
  return out;
}

std::string hmac_sha256(std::string_view key, std::string_view text) {
  const std::string short_key = key.size() > kBlock ? sha256(key) : std::string(key);
  const std::string inner = sha256(masked(short_key, 0x36) + std::string(text));
  return sha256(masked(short_key, 0x5c) + inner);
}

std::string hex(std::string_view bytes) {
  static constexpr char kDigits[] = "0123456789abcdef";
  std::string out;
  for (const char c : bytes) {
    out += kDigits[c >> 4 & 0xF];
    out += kDigits[c & 0xF];
  }
  return out;
}

}  // namespace hb
