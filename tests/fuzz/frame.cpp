// Frames of any bytes: what the shim hands over, taken apart and stepped.

#include "app/wire.hpp"
#include "fuzz.hpp"

using namespace hb;

int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  static const Core core(parsed_config(), parse_page("<p>{{title}}</p>"));
  const Exact frame(view_of(data, size));
  const auto configuration = decode_configure(frame.view());
  if (configuration) encode_configured(parse_config(configuration->files));
  const auto event = decode_event(frame.view());
  if (!event) return 0;
  check_encoding(*event, core.step(*event));
  return 0;
}
