// A message for one channel.
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
