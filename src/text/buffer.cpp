#include "text/buffer.hpp"

#include <algorithm>

namespace hb {

void Buffer::reserve(size_t bytes) {
  if (bytes > bytes_.size()) bytes_.resize(bytes);
}

void Buffer::grow(size_t count) {
  reserve(std::max(size_ + count, 2 * bytes_.size()));
}

std::string Buffer::take() {
  bytes_.resize(std::exchange(size_, 0));
  return std::move(bytes_);
}

}  // namespace hb
