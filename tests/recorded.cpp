#include "recorded.hpp"

#include <cstdio>
#include <cstdlib>

#include "text/frame.hpp"

namespace hb {
namespace {

std::FILE* opened_record() {
  const char* path = std::getenv("HEARTBEAT_RECORD");
  return path == nullptr ? nullptr : std::fopen(path, "wb");
}

void write_to_record(std::string_view bytes) {
  static std::FILE* const file = opened_record();
  if (file != nullptr) std::fwrite(bytes.data(), 1, bytes.size(), file);
}

uint32_t next_number() {
  static uint32_t number = 0;
  return number++;
}

}  // namespace

RecordedInstance::RecordedInstance() : number_(next_number()) {}

const std::vector<std::string_view>& RecordedInstance::configure(std::string_view frame) {
  fill(frame);
  if (!instance_.configure()) std::abort();
  record(Call::configure, frame);
  return instance_.output();
}

const std::vector<std::string_view>& RecordedInstance::step(std::string_view frame) {
  fill(frame);
  if (!instance_.step()) std::abort();
  record(Call::step, frame);
  return instance_.output();
}

void RecordedInstance::fill(std::string_view frame) {
  std::copy(frame.begin(), frame.end(), instance_.input(frame.size()));
}

void RecordedInstance::record(Call call, std::string_view frame) const {
  FrameWriter writer;
  writer.u32(number_).u8(static_cast<uint8_t>(call)).text(frame).u32(instance_.output().size());
  for (const std::string_view part : instance_.output()) writer.text(part);
  write_to_record(writer.take());
}

}  // namespace hb
