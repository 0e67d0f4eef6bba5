// The fast path of a heartbeat's body: what nearly all clients send, read in place, without a DOM.
//
// Plain is a body whose strings are printable ASCII without an escape or `<`, whose numbers are whole and not
// negative, which names every member at most once and none but those of the API, and in which `services` comes
// last and metadata is flat. Everything else, and everything that is to be refused, is left to parse_heartbeats.
#pragma once

#include <optional>
#include <string_view>

#include "documents/heartbeat.hpp"

namespace hb {

// Exactly what parse_any_heartbeats says of the body, or absent when it is not plain.
std::optional<HeartbeatRequest> parse_plain_heartbeats(std::string_view body);

}  // namespace hb
