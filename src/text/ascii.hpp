// Letters and blanks of ASCII; all other bytes stay as they are.
#pragma once

#include <string>
#include <string_view>

namespace hb {

std::string lower(std::string_view text);

// Without blanks and line ends at both ends.
std::string_view trimmed(std::string_view text);

}  // namespace hb
