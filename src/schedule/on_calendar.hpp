// What OnCalendar= of a systemd timer says, as in "Mon..Fri *-*-* 08..18:00 Europe/London" (systemd.time(7)).
#pragma once

#include <string_view>

#include "schedule/schedule.hpp"

namespace hb {

ParsedLine parse_on_calendar(std::string_view text);

}  // namespace hb
