// dashboard.json: what the page shows around the services.
#pragma once

#include "config/config.hpp"
#include "config/reader.hpp"

namespace hb {

Dashboard read_dashboard(const Field& file);

}  // namespace hb
