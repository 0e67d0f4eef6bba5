// A message for one channel.
#pragma once

#include <string>

#include "documents/outbox.hpp"

namespace hb {

struct Announcement {
  std::string channel{};  // its name
  Message message{};
  Relation relation = Relation::begins;

  bool operator==(const Announcement&) const = default;
};

}  // namespace hb
