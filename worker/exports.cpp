// The core as a WebAssembly module: four functions over bytes. docs/boundary.md has the frames.

#include <cstdint>
#include <cstdlib>
#include <vector>

#include "app/instance.hpp"

namespace {

hb::Instance instance;
std::vector<uint32_t> table;  // where the parts of the answer are

uint32_t address_of(const char* bytes) {
  return static_cast<uint32_t>(reinterpret_cast<uintptr_t>(bytes));
}

}  // namespace

#define EXPORT(name) extern "C" __attribute__((export_name(#name)))

EXPORT(input) char* input(uint32_t size) {
  return instance.input(size);
}

EXPORT(configure) void configure() {
  if (!instance.configure()) abort();
}

EXPORT(step) void step() {
  if (!instance.step()) abort();
}

EXPORT(output) const uint32_t* output() {
  const auto& parts = instance.output();
  table.assign(1, static_cast<uint32_t>(parts.size()));
  for (const std::string_view part : parts) {
    table.push_back(address_of(part.data()));
    table.push_back(static_cast<uint32_t>(part.size()));
  }
  return table.data();
}
