// Tables as text, for spreadsheets (RFC 4180).
#pragma once

#include <string>
#include <string_view>

namespace hb {

// Appends one cell, quoted where it has to be. A text that a spreadsheet would run as a formula gets an
// apostrophe in front, so that it stays a text.
void append_csv_cell(std::string& out, std::string_view text);

}  // namespace hb
