// Text from strangers without what would change how the text around it is read.
#pragma once

#include <string>
#include <string_view>

namespace hb {

// Without control characters but line feeds and tabs, without marks that turn the direction of writing, and with
// line feeds for all other kinds of line ends. `text` is valid UTF-8.
std::string visible(std::string_view text);

}  // namespace hb
