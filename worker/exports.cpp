// The core as a WebAssembly module: four functions over bytes. docs/boundary.md has the frames.

#include <cstdint>
#include <cstdlib>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/core.hpp"
#include "app/wire.hpp"

namespace {

// The answer of the last call, and the table that tells where its parts are.
struct Output {
  hb::Outcome outcome{};
  hb::EncodedOutcome encoded{};
  std::vector<uint32_t> table{};
};

std::string input_bytes;  // only ever grows: filling it anew would cost as much as a copy of the frame
size_t input_size = 0;
std::optional<hb::Core> core;
Output answer;

void add_part(std::string_view part) {
  answer.table.push_back(static_cast<uint32_t>(reinterpret_cast<uintptr_t>(part.data())));
  answer.table.push_back(static_cast<uint32_t>(part.size()));
}

void publish() {
  answer.table.assign({static_cast<uint32_t>(answer.encoded.parts.size() + 1)});
  add_part(answer.encoded.header);
  for (const std::string_view part : answer.encoded.parts) add_part(part);
}

std::string_view frame() {
  return {input_bytes.data(), input_size};
}

}  // namespace

#define EXPORT(name) extern "C" __attribute__((export_name(#name)))

EXPORT(input) char* input(uint32_t size) {
  answer = {};
  if (size > input_bytes.size()) input_bytes.resize(size);
  input_size = size;
  return input_bytes.data();
}

EXPORT(configure) void configure() {
  const auto decoded = hb::decode_configure(frame());
  if (!decoded) abort();
  hb::ParsedConfig parsed = hb::parse_config(decoded->files);
  answer = {.encoded = {.header = hb::encode_configured(parsed)}};
  core.emplace(std::move(parsed), hb::parse_page(decoded->page));
  publish();
}

EXPORT(step) void step() {
  const auto event = hb::decode_event(frame());
  if (!event || !core) abort();
  answer.outcome = core->step(*event);
  answer.encoded = hb::encode_outcome(answer.outcome);
  publish();
}

EXPORT(output) const uint32_t* output() {
  return answer.table.data();
}
