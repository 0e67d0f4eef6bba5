// Text that grows at its end, for what is printed on every check and for every reader.
#pragma once

#include <cstddef>
#include <cstring>
#include <string>
#include <string_view>
#include <utility>

namespace hb {

// Its appends are inlined. Those of std::string come ready-made with Emscripten's library, where they are
// built small and take several times as long.
class Buffer {
 public:
  Buffer() = default;
  explicit Buffer(std::string start) : bytes_(std::move(start)), size_(bytes_.size()) {}

  void reserve(size_t bytes);
  Buffer& operator+=(char c) {
    *extend(1) = c;
    return *this;
  }
  Buffer& operator+=(std::string_view text) {
    if (!text.empty()) std::memcpy(extend(text.size()), text.data(), text.size());
    return *this;
  }
  // Appends `count` bytes, which are the caller's to write. Valid until the next append.
  char* extend(size_t count) {
    if (count > bytes_.size() - size_) grow(count);
    char* const begin = bytes_.data() + size_;
    size_ += count;
    return begin;
  }
  // The last `count` bytes.
  char* last(size_t count) { return bytes_.data() + size_ - count; }

  size_t size() const { return size_; }
  std::string_view view() const { return {bytes_.data(), size_}; }
  std::string take();

 private:
  void grow(size_t count);

  std::string bytes_{};  // as long as what is reserved
  size_t size_ = 0;
};

}  // namespace hb
