#include "text/csv.hpp"

namespace hb {

void append_csv_cell(std::string& out, std::string_view text) {
  static constexpr std::string_view kFormulaBegins = "=+-@\t\r\n";
  const bool is_formula = !text.empty() && kFormulaBegins.find(text.front()) != kFormulaBegins.npos;
  const bool is_quoted = text.find_first_of(",\"\r\n") != text.npos;
  if (is_quoted) out += '"';
  if (is_formula) out += '\'';
  for (const char c : text) {
    if (c == '"') out += '"';
    out += c;
  }
  if (is_quoted) out += '"';
}

}  // namespace hb
