#include "documents/suppression.hpp"

#include "text/cursor.hpp"
#include "text/json_writer.hpp"

namespace hb {
namespace {

std::optional<Time> plausible_ms(int64_t ms, Time now) {
  const Time time = from_ms(ms);
  if (ms <= 0 || !is_plausible(time, now)) return std::nullopt;
  return time;
}

}  // namespace

std::optional<Span> read_span(std::string_view text, Time now) {
  Cursor cursor(text);
  cursor.expect('[');
  const auto since = plausible_ms(cursor.integer(), now);
  cursor.expect(',');
  const auto until = plausible_ms(cursor.integer(), now);
  cursor.expect(']');
  return since && !cursor.bad() ? std::optional(Span{*since, until}) : std::nullopt;
}

void print_span(JsonWriter& json, std::string_view name, const std::optional<Span>& span) {
  if (!span) return;
  const int64_t until = span->until ? to_ms(*span->until) : 0;
  json.key(name).begin_array().value(to_ms(span->since)).value(until).end_array();
}

Suppression read_suppression(Time now, std::string_view text) {
  Suppression suppression;
  Cursor cursor(text);
  each_member(cursor, [&](std::string_view key) {
    if (key == "gap") return void(suppression.monitoring_gap = read_span(cursor.value(), now));
    if (key == "silence") return void(suppression.blackout = read_span(cursor.value(), now));
    // Left standing in front of the services, the walk ends here.
    if (key != "services" && key != "states") cursor.value();
  });
  return suppression;
}

}  // namespace hb
