#include "collector/later_version.hpp"

#include <algorithm>

#include "documents/row_version.hpp"
#include "event/http.hpp"
#include "text/cursor.hpp"

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

Done left_alone(const std::string& row, Session& session) {
  const std::string text =
      "The collector's row " + row +
      " was written by a later version of the monitor, and is left as it is; deploy that "
      "version, or a later one";
  Done done{.reply = unavailable(text, kRetryAfterSeconds)};
  if (session.later_row.empty()) done.logs.push_back({Level::error, text, "later-version"});
  session.later_row = row;
  return done;
}

}  // namespace hb
