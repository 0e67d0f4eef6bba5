// What the page knows, as JSON for its script.
#pragma once

#include <string>

#include "page/view.hpp"

namespace hb {

// Without any `<`. With `now`, the time at which this was so; `status`, the answer of GET /api/status, null
// when it cannot be read; `history`, as GET /api/history has it; `services`, what they have besides their
// status; `settings`; `alerts`, those on the page, null when they cannot be read or are not shown.
void append_page_data(std::string& out, const PageView& view);

}  // namespace hb
