#include "text/utc_offsets.hpp"

#include <algorithm>
#include <cstdlib>

#include "text/frame.hpp"

namespace hb {
namespace {

constexpr int64_t kFarthestOffset = 24 * 60;  // minutes; none is that far

}  // namespace

UtcOffsets read_utc_offsets(FrameReader& reader) {
  UtcOffsets::Changes changes;
  reader.repeat([&] {
    const Time from = from_ms(reader.number());
    const int64_t minutes = std::clamp(reader.number(), -kFarthestOffset, kFarthestOffset);
    changes.push_back({.from = from, .offset = std::chrono::minutes{minutes}});
  });
  return UtcOffsets(std::move(changes));
}

std::vector<UtcOffsets> read_utc_offsets(std::string_view bytes) {
  FrameReader reader(bytes);
  std::vector<UtcOffsets> zones;
  reader.repeat([&] { zones.push_back(read_utc_offsets(reader)); });
  return zones;
}

std::string offset_text(std::chrono::minutes offset) {
  const auto minutes = static_cast<int>(std::abs(offset.count()));
  std::string out = offset.count() < 0 ? "-" : "+";
  for (const int part : {minutes / 60, minutes % 60}) {
    if (out.size() > 1) out += ':';
    out += static_cast<char>('0' + part / 10 % 10);
    out += static_cast<char>('0' + part % 10);
  }
  return out;
}

}  // namespace hb
