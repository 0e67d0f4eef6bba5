// The fast path of a record: where the stored histories stand as this program writes them, they stay where they
// are, and only what a record changes in them is written over. What it comes to is what record() prints.
#pragma once

#include <optional>

#include "documents/history.hpp"
#include "event/event.hpp"

namespace hb {

struct EditedHistory {
  Kept cells{};        // the JSON object
  size_t written = 0;  // histories, all of them intact
};

// Absent where something else is to be done than to set cells, or to drop a day or two: then record() does it.
std::optional<EditedHistory> edited_history(const Config& config, const History& history,
                                            const Record& record, int retention_days);

}  // namespace hb
