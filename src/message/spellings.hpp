// In how many ways a text can be read: as it is, and with what others may have done to it undone.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace hb {

// Where a byte stands in the text that was read: from `first` up to, and without, `last`.
struct Place {
  size_t first = 0;
  size_t last = 0;

  bool operator==(const Place&) const = default;
};

struct Spelling {
  std::string text{};
  std::vector<Place> places{};  // one for each byte of `text`
};

// The text as it is.
Spelling spelling_of(std::string_view text);

// With percent-encoding, and the escapes of JSON and HTML, undone once, and with blanks for pluses.
Spelling undone(const Spelling& spelling);

// As it is, undone once and twice, and of each the bytes that its hexadecimal and its base64, of either alphabet,
// would be, wherever these begin, undone as well.
std::vector<Spelling> spellings(std::string_view text);

}  // namespace hb
