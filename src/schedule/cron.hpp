// Lines of a crontab, as Debian's cron reads them: five fields, or a nickname such as @daily.
#pragma once

#include <string_view>

#include "schedule/schedule.hpp"

namespace hb {

ParsedLine parse_cron(std::string_view text);

}  // namespace hb
