// Text from outside, made safe to store: always valid UTF-8, never cut inside a character.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace hb {

// Ill-formed sequences become U+FFFD, one for each maximal bad part.
std::string valid_utf8(std::string_view text);

// The longest prefix of at most `count` code points. `text` is valid UTF-8.
std::string_view first_characters(std::string_view text, size_t count);

// The longest end of at most `count` code points. `text` is valid UTF-8.
std::string_view last_characters(std::string_view text, size_t count);

// The longest prefix of whole characters in at most `count` bytes. `text` is valid UTF-8.
std::string_view first_bytes(std::string_view text, size_t count);

// Its length in UTF-16 code units, which is never less than what any provider counts. `text` is valid UTF-8.
size_t units(std::string_view text);

// The text when it has at most `count` units, else as much of it as fits, whole characters, and an ellipsis.
// `text` is valid UTF-8.
std::string shortened(std::string_view text, size_t count);

}  // namespace hb
