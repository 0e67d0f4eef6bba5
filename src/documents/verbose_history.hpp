// The history as other monitors keep it under the same key, taken over into the packed form.
//
//   {"web":{"days":{"2026-11-22":{"totalChecks":288,"upChecks":287,"downChecks":1,"degradedChecks":0,
//    "unknownChecks":0}, …}}, …}
#pragma once

#include <string>
#include <string_view>

#include "text/time.hpp"

namespace hb {

struct VerboseHistory {
  Day last_day{};
  int days = 0;         // at most 400; older ones are left out
  std::string cells{};  // the JSON object of packed histories
};

// Counters are kept as they are: percentages stay what they were. Empty when there is no day in it.
VerboseHistory read_verbose_history(std::string_view json);

}  // namespace hb
