#include "later_version.hpp"

#include <algorithm>

#include "cursor.hpp"
#include "http.hpp"
#include "ring.hpp"

namespace hb {
namespace {

constexpr int kRetryAfterSeconds = 60;

bool is_later(const Row& row) {
  static constexpr std::string_view kStart = "{\"version\":";
  if (!row.bytes.starts_with(kStart)) return false;
  Cursor cursor(row.bytes.substr(kStart.size()));
  return cursor.integer() > kRowVersion;
}

}  // namespace

std::string later_row(const Event& event) {
  const auto found = std::find_if(event.rows.begin(), event.rows.end(), is_later);
  return found == event.rows.end() ? std::string() : found->key;
}

Outcome left_alone(const Event& event, const std::string& row) {
  const std::string text =
      "The collector's row " + row +
      " was written by a later version of the monitor, and is left as it is; deploy that "
      "version, or a later one";
  Outcome outcome = outcome_of(unavailable(text, kRetryAfterSeconds));
  if (!later_row_in(event.memo).empty()) return outcome;
  outcome.logs.push_back({Level::error, text, "later-version"});
  outcome.memo = with_later_row(event.memo, row);
  return outcome;
}

}  // namespace hb
