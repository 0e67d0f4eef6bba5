// Bytes as text, in the alphabet of RFC 4648, section 4.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace hb {

std::string base64(std::string_view bytes);

// The padding may be left out. Absent when anything else is wrong, bits beyond the last byte included.
std::optional<std::string> base64_decoded(std::string_view text);

}  // namespace hb
