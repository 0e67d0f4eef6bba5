// Numbers ids in the order in which they first come.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace hb {

// Many lists name the same ids in the same order, so the one behind the last is tried before the table, which has
// open addresses and takes no memory for each. The ids outlive it.
class IdTable {
 public:
  explicit IdTable(size_t expected = 0);

  size_t size() const { return ids_.size(); }
  std::string_view operator[](size_t position) const { return ids_[position]; }
  // The position of the id, which is added unless it is there.
  size_t add(std::string_view id);
  std::optional<size_t> find(std::string_view id);

 private:
  bool is_next(std::string_view id) const;
  size_t slot_of(std::string_view id) const;
  void grow();

  std::vector<std::string_view> ids_{};
  std::vector<uint32_t> slots_{};  // positions from 1; 0: free
  size_t next_ = 0;
};

}  // namespace hb
