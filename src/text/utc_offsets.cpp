#include "text/utc_offsets.hpp"

#include <cstdlib>

namespace hb {

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
