#include "text/id_table.hpp"

#include <algorithm>
#include <bit>
#include <functional>

#include "text/bytes.hpp"

namespace hb {
namespace {

constexpr size_t kLeastSlots = 16;

}  // namespace

IdTable::IdTable(size_t expected) : slots_(std::bit_ceil(std::max(2 * expected, kLeastSlots))) {
  ids_.reserve(expected);
}

size_t IdTable::add(std::string_view id) {
  if (is_next(id)) return next_++;
  if (2 * ids_.size() >= slots_.size()) grow();
  uint32_t& slot = slots_[slot_of(id)];
  if (slot == 0) {
    ids_.push_back(id);
    slot = static_cast<uint32_t>(ids_.size());
  }
  next_ = slot;
  return slot - 1;
}

std::optional<size_t> IdTable::find(std::string_view id) {
  if (is_next(id)) return next_++;
  const uint32_t slot = slots_[slot_of(id)];
  if (slot == 0) return std::nullopt;
  next_ = slot;
  return slot - 1;
}

bool IdTable::is_next(std::string_view id) const {
  return next_ < ids_.size() && is_same(ids_[next_], id);
}

// That of the id, or the free one where it belongs.
size_t IdTable::slot_of(std::string_view id) const {
  size_t slot = std::hash<std::string_view>{}(id) % slots_.size();
  while (slots_[slot] != 0 && !is_same(ids_[slots_[slot] - 1], id)) slot = (slot + 1) % slots_.size();
  return slot;
}

void IdTable::grow() {
  slots_.assign(2 * slots_.size(), 0);
  for (size_t i = 0; i < ids_.size(); ++i) slots_[slot_of(ids_[i])] = static_cast<uint32_t>(i + 1);
}

}  // namespace hb
