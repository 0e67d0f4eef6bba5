// The dashboard's page: a template in a file, filled with what is known.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace hb {

// HTML with names in double braces where text goes, such as {{title}}.
struct PageTemplate {
  // Text and names by turns, beginning and ending with text.
  std::vector<std::string> pieces{};
};

PageTemplate parse_page(std::string_view html);

}  // namespace hb
