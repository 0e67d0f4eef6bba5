// Times as people read them on the page.
#pragma once

#include <string>

#include "text/time.hpp"

namespace hb {

// "22 Nov, 06:00 UTC"; with the year when it is not the one of `now`.
void append_when(std::string& out, Time time, Time now);

}  // namespace hb
