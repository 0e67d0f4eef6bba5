// Numbers as people read them on the page.
#pragma once

#include <cstdint>
#include <string>

namespace hb {

// With separators of thousands: "10,000".
std::string grouped(int64_t number);

}  // namespace hb
