// Events and outcomes as bytes, the way they cross the boundary of the WebAssembly module.
//
// A frame is the length of its header (u32, little endian), the header (JSON), then raw bytes.
// docs/boundary.md has the headers.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "config/config.hpp"
#include "event/event.hpp"

namespace hb {

// Views into `frame`. Absent when the frame is not well-formed.
std::optional<Event> decode_event(std::string_view frame);

struct ConfigureInput {
  ConfigFiles files{};
  std::string_view page{};
};

std::optional<ConfigureInput> decode_configure(std::string_view frame);

// What the shim has to know: whether the configuration may be used, what of requests the core wants to see.
std::string encode_configured(const ParsedConfig& parsed);

// The header, then the parts that it names by number (from 1 on). The parts point into `outcome`.
struct EncodedOutcome {
  std::string header{};
  std::vector<std::string_view> parts{};
};

EncodedOutcome encode_outcome(const Outcome& outcome);

}  // namespace hb
