// The dashboard's page: a template in a file, filled with what is known.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace hb {

struct PageSlot;

// A text, and what comes after it.
struct PagePiece {
  std::string text{};
  const PageSlot* slot = nullptr;   // null: nothing
  std::vector<PagePiece> inside{};  // of a section
};

// HTML with names in double braces where text goes, such as {{title}}, and sections between comments, such as
// <!-- service -->…<!-- /service -->, which are left out or repeated. page_slots.cpp has all names; what is
// none of them stays as it is. White space with a line break in it becomes one line break.
struct PageTemplate {
  std::vector<PagePiece> pieces{};
};

PageTemplate parse_page(std::string_view html);

}  // namespace hb
