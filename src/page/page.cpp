#include "page/page.hpp"

#include "page/parts.hpp"

namespace hb {

PageTemplate parse_page(std::string_view html) {
  PageTemplate page;
  size_t text = 0;
  for (size_t begin = html.find("{{"); begin != html.npos; begin = html.find("{{", begin + 1)) {
    const size_t end = html.find("}}", begin);
    if (end == html.npos) break;
    const PartPrinter print = part_printer(html.substr(begin + 2, end - begin - 2));
    if (print == nullptr) continue;
    page.pieces.push_back({std::string(html.substr(text, begin - text)), print});
    text = end + 2;
    begin = end;
  }
  page.pieces.push_back({std::string(html.substr(text))});
  return page;
}

void fill(std::string& out, const PageTemplate& page, const PageView& view) {
  for (const auto& [text, print] : page.pieces) {
    out += text;
    if (print != nullptr) print(out, view);
  }
}

}  // namespace hb
