// Messages to Pushover. https://pushover.net/api
#pragma once

#include "channels/send.hpp"

namespace hb {

Send pushover(const Telling& telling);

}  // namespace hb
