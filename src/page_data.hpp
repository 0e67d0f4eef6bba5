// What the page knows, as JSON for scripts.
#pragma once

#include <string>

#include "page_view.hpp"

namespace hb {

// {"status": the answer of GET /api/status, "alerts": the alerts on the page}, without any `<`.
void append_page_data(std::string& out, const PageView& view);

}  // namespace hb
