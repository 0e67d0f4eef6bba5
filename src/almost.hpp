// Words that were meant: a name that is almost one of those that there are.
#pragma once

#include <span>
#include <string_view>

namespace hb {

// The one of `known` that `name` is, but for the case of letters or a slip or two of the fingers: a letter
// too many, too few, wrong, or two exchanged. Up to two slips in words of six letters, one in shorter ones,
// none in words of two. Empty when there is none.
std::string_view almost(std::string_view name, std::span<const std::string_view> known);

}  // namespace hb
