// The names in the page's template, and what each stands for.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "page/overall.hpp"
#include "page/page.hpp"
#include "page/view.hpp"

namespace hb {

// Where in the page a name stands: inside a section, what the section is about is set.
struct PagePlace {
  const PageView& view;
  const Overall& overall;
  const PageGroup* group = nullptr;
  const ServiceStatus* service = nullptr;
  const Alert* alert = nullptr;
  const Notice* notice = nullptr;
  const Link* link = nullptr;
};

// What stands for a name: one of these is set.
struct PageSlot {
  std::string_view name{};
  std::string_view (*text)(const PagePlace&) = nullptr;  // escaped when it is filled in
  void (*print)(std::string& out, const PagePlace&) = nullptr;
  bool (*is_shown)(const PagePlace&) = nullptr;  // the section, once or not at all
  void (*each)(std::string& out, const PagePlace&, const std::vector<PagePiece>& inside) = nullptr;
};

// Null when no slot has the name.
const PageSlot* find_slot(std::string_view name);

void fill(std::string& out, const std::vector<PagePiece>& pieces, const PagePlace& place);

// Fills a section once per item; `member` is the place's pointer to it.
template <class Range, class Item>
void fill_each(std::string& out, const std::vector<PagePiece>& inside, const PagePlace& place,
               const Range& range, const Item* PagePlace::*member) {
  PagePlace inner = place;
  for (const Item& item : range) {
    inner.*member = &item;
    fill(out, inside, inner);
  }
}

// The parts of the table that are about services and about alerts.
std::span<const PageSlot> service_slots();
std::span<const PageSlot> alert_slots();

}  // namespace hb
