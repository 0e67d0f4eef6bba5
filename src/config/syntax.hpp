// Where a file of the configuration stops being JSON, and what is wrong there.
#pragma once

#include <string_view>

#include "config/config.hpp"

namespace hb {

// Of a text that parse_json refuses; `file` is its name. The fault's place is as in "line 12, column 5".
Fault syntax_fault(std::string_view file, std::string_view text);

}  // namespace hb
