// The groups and the services as the page's script gets them: short, since there may be thousands.
#pragma once

#include "page/view.hpp"
#include "text/json_writer.hpp"

namespace hb {

// The members `groups`, [[id, name, uptimes], …] in the configuration's order, behind them, without an id, what is
// in no group; and `uptimes`, those of everything. Uptimes are a list with one of each of kUptimeDays, null where
// nothing is known; where none are shown they are left out.
void print_groups(JsonWriter& json, const PageView& view);

// [[id, name, position of its group, status, ms since it is so, ms since it was seen, threshold in ms, message,
// details], …], in the configuration's order. The last two are left out where there is nothing to say.
void print_services(JsonWriter& json, const PageView& view);

}  // namespace hb
