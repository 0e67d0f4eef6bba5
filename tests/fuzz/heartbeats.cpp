// Bodies of heartbeats: the fast path says of each that it takes what the other way says of it.

#include "documents/plain_heartbeats.hpp"
#include "fuzz.hpp"

using namespace hb;

int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const Exact body(view_of(data, size));
  const auto plain = parse_plain_heartbeats(body.view());
  if (plain) require(parse_any_heartbeats(body.view()) == std::variant<HeartbeatRequest, Error>(*plain));
  return 0;
}
