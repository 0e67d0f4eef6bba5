// Messages to Pushover. https://pushover.net/api
#pragma once

#include "send.hpp"

namespace hb {

Send pushover(const Telling& telling);

}  // namespace hb
