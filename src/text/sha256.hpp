// SHA-256 (FIPS 180-4) and HMAC-SHA256 (RFC 2104), for signatures and for keys of a bounded length.
#pragma once

#include <string>
#include <string_view>

namespace hb {

// 32 bytes.
std::string sha256(std::string_view text);
std::string hmac_sha256(std::string_view key, std::string_view text);

// Two small letters or digits for each byte.
std::string hex(std::string_view bytes);

}  // namespace hb
