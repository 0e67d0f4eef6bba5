// Tables as text, for spreadsheets (RFC 4180).
#pragma once

#include <string>
#include <string_view>

namespace hb {

// In front of a table, so that Excel takes it for UTF-8.
inline constexpr std::string_view kCsvStart = "\xEF\xBB\xBF";

// Appends one cell, quoted where it has to be. A text that a spreadsheet would run as a formula, also
// behind blanks of any kind, gets an apostrophe in front, so that it stays a text.
void append_csv_cell(std::string& out, std::string_view text);

}  // namespace hb
