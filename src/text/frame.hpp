// Numbers and texts back to back, as they cross a boundary: little endian, without padding.
//
//   u8, u32     as they are
//   number      a double, as JavaScript has its numbers: whole, and exact up to 2^53
//   text        u32 length, then so many bytes
#pragma once

#include <bit>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>

#include "text/buffer.hpp"

namespace hb {

static_assert(std::endian::native == std::endian::little);

// It never runs past the end: at the first thing that is not all there it turns bad, and answers zeros and
// empty texts from then on.
class FrameReader {
 public:
  explicit FrameReader(std::string_view bytes) : rest_(bytes) {}

  bool bad() const { return bad_; }
  std::string_view rest() const { return rest_; }

  uint8_t u8() { return raw<uint8_t>(); }
  uint32_t u32() { return raw<uint32_t>(); }
  int64_t number() {
    static constexpr double kMost = 9007199254740992;  // 2^53
    const auto number = raw<double>();
    const bool is_exact = number >= -kMost && number <= kMost;
    bad_ |= !is_exact;
    return is_exact ? static_cast<int64_t>(number) : 0;
  }
  // u32 count, then so many of what `read` takes, each of which has a byte at least.
  template <class Read>
  void repeat(Read read) {
    const size_t count = u32();
    bad_ |= count > rest_.size();
    for (size_t i = 0; i < count && !bad_; ++i) read();
  }
  std::string_view text() { return take(u32()); }
  std::string_view take(size_t size) {
    bad_ |= size > rest_.size();
    if (bad_) return {};
    const std::string_view bytes = rest_.substr(0, size);
    rest_.remove_prefix(size);
    return bytes;
  }

 private:
  template <class T>
  T raw() {
    T value{};
    const std::string_view bytes = take(sizeof value);
    if (!bytes.empty()) std::memcpy(&value, bytes.data(), sizeof value);
    return value;
  }

  std::string_view rest_;
  bool bad_ = false;
};

class FrameWriter {
 public:
  FrameWriter& u8(uint8_t value) { return raw(value); }
  FrameWriter& u32(size_t value) { return raw(static_cast<uint32_t>(value)); }
  FrameWriter& number(int64_t value) { return raw(static_cast<double>(value)); }
  FrameWriter& text(std::string_view bytes) {
    u32(bytes.size());
    out_ += bytes;
    return *this;
  }
  FrameWriter& rest(std::string_view bytes) {
    out_ += bytes;
    return *this;
  }

  std::string take() { return out_.take(); }

 private:
  template <class T>
  FrameWriter& raw(T value) {
    std::memcpy(out_.extend(sizeof value), &value, sizeof value);
    return *this;
  }

  Buffer out_{};
};

}  // namespace hb
