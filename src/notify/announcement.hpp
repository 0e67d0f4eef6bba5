// What one channel is to be told.
#pragma once

#include <string>

#include "documents/message.hpp"

namespace hb {

struct Announcement {
  std::string channel{};  // its name
  Message message{};

  bool operator==(const Announcement&) const = default;
};

}  // namespace hb
