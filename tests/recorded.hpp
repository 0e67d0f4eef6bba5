// The core as tests play it: behind its boundary, and every call on record, so that the same calls can be
// made of the core as WebAssembly (tests/wasm/replay.js).
//
// The record is a file that the environment names as HEARTBEAT_RECORD, or there is none. Each call is
//
//   u32 number of the instance, u8 what it is (0 configure, 1 step),
//   text input, u32 how many parts the answer has, and each of them as a text
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "app/instance.hpp"

namespace hb {

class RecordedInstance {
 public:
  RecordedInstance();

  // Both abort when the input cannot be read, as the module does.
  const std::vector<std::string_view>& configure(std::string_view frame);
  const std::vector<std::string_view>& step(std::string_view frame);

 private:
  enum class Call : uint8_t { configure, step };

  void fill(std::string_view frame);
  void record(Call call, std::string_view frame) const;

  uint32_t number_;
  Instance instance_{};
};

}  // namespace hb
