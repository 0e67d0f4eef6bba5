// Events and outcomes as bytes, the way they cross the boundary of the WebAssembly module, and the way the
// edge hands an event to the collector. docs/boundary.md has every byte.
#pragma once

#include <list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "config/config.hpp"
#include "event/event.hpp"

namespace hb {

// Views into `frame`. Absent when the frame is not well-formed, or its event of another protocol.
std::optional<Event> decode_event(std::string_view frame);

struct ConfigureInput {
  ConfigFiles files{};
  std::string_view page{};
};

std::optional<ConfigureInput> decode_configure(std::string_view frame);

// What the shim has to know: whether the configuration may be used, what of requests the core wants to see.
std::string encode_configured(const ParsedConfig& parsed);

// The header, then the parts that it takes one after another. The parts point into what was encoded.
struct EncodedOutcome {
  std::string header{};
  std::vector<std::string_view> parts{};
  std::list<std::string> events{};  // which some parts are views of, wherever the list is moved to
};

// `event` is what the outcome is about.
EncodedOutcome encode_outcome(const Event& event, const Outcome& outcome);

// A trigger as the edge and the shim hand it on: of requests, what the collector serves.
std::string encode_trigger(const Trigger& trigger);

}  // namespace hb
