// A schedule in words: "every day at 03:30".
#pragma once

#include <string>

#include "schedule/schedule.hpp"

namespace hb {

std::string sentence(const Schedule& schedule);

}  // namespace hb
