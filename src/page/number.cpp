#include "page/number.hpp"

namespace hb {

std::string grouped(int64_t number) {
  std::string out = std::to_string(number);
  const size_t first = number < 0 ? 1 : 0;
  for (size_t at = out.size(); at > first + 3;) out.insert(at -= 3, 1, ',');
  return out;
}

}  // namespace hb
