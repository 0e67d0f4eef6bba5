// Text on its way into HTML.
#pragma once

#include <string>
#include <string_view>

namespace hb {

// Escaped so that it stays text between tags and inside quoted attributes.
void append_html(std::string& out, std::string_view text);

// Whether a URL from outside may become a link: https, or relative to the page.
bool is_safe_link(std::string_view url);

}  // namespace hb
