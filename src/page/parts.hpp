// The parts of the page that stand for names in its template.
#pragma once

#include <string>
#include <string_view>

#include "page/view.hpp"

namespace hb {

using PartPrinter = void (*)(std::string& out, const PageView& view);

// Null when no part has the name.
PartPrinter part_printer(std::string_view name);

}  // namespace hb
