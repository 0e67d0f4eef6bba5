// What the page knows, as JSON for its script.
#pragma once

#include <string>

#include "page/view.hpp"

namespace hb {

// Without any `<`. With `now`, the time at which this was so; `status`, what the monitor says of itself, null when
// the services' documents cannot be read; `history`, as GET /api/history has it; `groups`, `uptimes` and `services`
// (page/rows.hpp); `settings`; `alerts`, the recent ones, null when they cannot be read or are switched off.
void append_page_data(std::string& out, const PageView& view);

}  // namespace hb
