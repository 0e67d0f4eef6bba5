// Texts in heap blocks of exactly their size, so that a sanitizer sees every read beyond them.
#pragma once

#include <algorithm>
#include <memory>
#include <string_view>

namespace hb {

class Exact {
 public:
  explicit Exact(std::string_view text) : size_(text.size()), bytes_(new char[text.size()]) {
    std::copy(text.begin(), text.end(), bytes_.get());
  }

  std::string_view view() const { return {bytes_.get(), size_}; }

 private:
  size_t size_;
  std::unique_ptr<char[]> bytes_;
};

// Calls `check(view)` with every beginning of the text, the empty one and the whole included.
template <class Check>
void each_beginning(std::string_view text, Check check) {
  for (size_t size = 0; size <= text.size(); ++size) {
    const Exact beginning(text.substr(0, size));
    check(beginning.view());
  }
}

}  // namespace hb
