// settings.json: switches, limits and intervals.
#pragma once

#include "config/config.hpp"
#include "config/reader.hpp"

namespace hb {

Settings read_settings(const Field& file);

}  // namespace hb
