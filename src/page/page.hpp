// The dashboard's page: a frame in a file, filled with what is known.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace hb {

struct PageView;

// A text, and what is printed behind it.
struct PagePiece {
  std::string text{};
  void (*print)(std::string& out, const PageView& view) = nullptr;  // null: nothing
};

// HTML with names in double braces where something goes, such as {{title}}; page/parts.cpp has all names.
// What is none of them stays as it is.
struct PageTemplate {
  std::vector<PagePiece> pieces{};
};

PageTemplate parse_page(std::string_view html);

void fill(std::string& out, const PageTemplate& page, const PageView& view);

}  // namespace hb
