#include "text/csv.hpp"

#include <array>

namespace hb {
namespace {

// What a spreadsheet may step over at the beginning of a cell: blanks and characters of no width, in UTF-8.
constexpr std::array<std::string_view, 30> kCellBlanks{
    " ",      "\t",     "\r",     "\n",     "\v",     "\f",     "\u0085", "\u00a0", "\u00ad", "\u1680",
    "\u180e", "\u2000", "\u2001", "\u2002", "\u2003", "\u2004", "\u2005", "\u2006", "\u2007", "\u2008",
    "\u2009", "\u200a", "\u200b", "\u2028", "\u2029", "\u202f", "\u205f", "\u2060", "\u3000", "\ufeff"};

// And what it may take for the beginning of a formula; the last four as wide characters.
constexpr std::array<std::string_view, 8> kFormulaBegins{"=",      "+",      "-",      "@",
                                                         "\uff1d", "\uff0b", "\uff0d", "\uff20"};

template <size_t count>
size_t begun_with(std::string_view text, const std::array<std::string_view, count>& any) {
  for (const std::string_view one : any) {
    if (text.starts_with(one)) return one.size();
  }
  return 0;
}

bool is_formula(std::string_view text) {
  static constexpr std::string_view kAlways = "\t\r\n";
  if (!text.empty() && kAlways.find(text.front()) != kAlways.npos) return true;
  while (const size_t size = begun_with(text, kCellBlanks)) text.remove_prefix(size);
  return begun_with(text, kFormulaBegins) > 0;
}

}  // namespace

void append_csv_cell(std::string& out, std::string_view text) {
  const bool is_quoted = text.find_first_of(",\"\r\n") != text.npos;
  if (is_quoted) out += '"';
  if (is_formula(text)) out += '\'';
  for (const char c : text) {
    if (c == '"') out += '"';
    out += c;
  }
  if (is_quoted) out += '"';
}

}  // namespace hb
