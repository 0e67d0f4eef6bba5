#include "page/page.hpp"

#include "page/slots.hpp"

namespace hb {
namespace {

constexpr std::string_view kSpace = " \n\t\r";

// Indentation would be sent once per service.
std::string without_indentation(std::string_view html) {
  std::string out;
  while (!html.empty()) {
    const size_t text = std::min(html.find_first_of(kSpace), html.size());
    out += html.substr(0, text);
    html.remove_prefix(text);
    const std::string_view space = html.substr(0, html.find_first_not_of(kSpace));
    out += space.find('\n') == space.npos ? space : "\n";
    html.remove_prefix(space.size());
  }
  return out;
}

// A place in a template: `{{name}}`, or the comment that begins a section.
struct Mark {
  size_t begin = std::string_view::npos;
  size_t end = std::string_view::npos;
  const PageSlot* slot = nullptr;  // null: there is none
};

Mark next_mark(std::string_view html, std::string_view open, std::string_view close) {
  for (size_t begin = html.find(open); begin != html.npos; begin = html.find(open, begin + 1)) {
    const size_t name = begin + open.size();
    const size_t end = html.find(close, name);
    if (end == html.npos) break;
    const PageSlot* slot = find_slot(html.substr(name, end - name));
    if (slot != nullptr) return {begin, end + close.size(), slot};
  }
  return {};
}

std::vector<PagePiece> parse(std::string_view html) {
  std::vector<PagePiece> pieces;
  while (true) {
    const Mark name = next_mark(html, "{{", "}}");
    const Mark section = next_mark(html, "<!-- ", " -->");
    const bool is_section = section.begin < name.begin;
    const Mark mark = is_section ? section : name;
    PagePiece& piece = pieces.emplace_back();
    piece.text = html.substr(0, mark.begin);
    if (mark.slot == nullptr) return pieces;
    piece.slot = mark.slot;
    html.remove_prefix(mark.end);
    if (!is_section) continue;
    const std::string last = "<!-- /" + std::string(mark.slot->name) + " -->";
    const size_t end = std::min(html.find(last), html.size());
    piece.inside = parse(html.substr(0, end));
    html.remove_prefix(std::min(end + last.size(), html.size()));
  }
}

}  // namespace

PageTemplate parse_page(std::string_view html) {
  return {parse(without_indentation(html))};
}

}  // namespace hb
