// The daily history as the page gets it: packed, as it is stored.
#pragma once

#include <span>

#include "documents/history.hpp"
#include "text/json_writer.hpp"

namespace hb {

// {"lastDay":"2026-11-22","days":120,"cells":{"web":"…8 characters a day…"}} with the last `days` days of
// these services, by their positions in Config::services, as `cells` has them (read_history). Fewer days when the history has fewer. Without a
// history the last day is that of `now`, and there are no days.
void print_packed_history(JsonWriter& json, const Config& config, const History& history,
                          std::span<const std::string_view> cells, Time now, std::span<const size_t> services,
                          int days);

}  // namespace hb
