// The core behind its boundary, bytes in and bytes out: what the module exports, and what native tests play.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/core.hpp"
#include "app/wire.hpp"

namespace hb {

class Instance {
 public:
  // A buffer of at least `size` bytes for the next call. The answer of the last one is gone.
  char* input(size_t size);

  // False when the input cannot be read.
  bool configure();
  // False without a configuration. An event that cannot be read is answered with 503.
  bool step();

  // The parts of the answer, its header first. Valid until the next input.
  const std::vector<std::string_view>& output() const { return parts_; }

 private:
  std::string_view frame() const { return {input_.data(), size_}; }
  void edit_kept();
  void answer(EncodedOutcome encoded);

  std::string input_{};  // only ever grows: filling it anew would cost as much as a copy of the frame
  size_t size_ = 0;
  std::optional<Core> core_{};
  Outcome outcome_{};
  EncodedOutcome encoded_{};
  std::vector<std::string_view> parts_{};
};

}  // namespace hb
