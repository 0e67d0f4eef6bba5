#include "documents/expectation.hpp"

namespace hb {

std::optional<Expectation> read_expectation(Cursor& cursor) {
  Expectation expectation;
  cursor.expect('[');
  expectation.schedule = static_cast<uint32_t>(cursor.integer());
  cursor.expect(',');
  expectation.heard = from_ms(cursor.integer());
  cursor.expect(',');
  expectation.at = from_ms(cursor.integer());
  cursor.expect(',');
  expectation.early = Millis{cursor.integer()};
  cursor.expect(']');
  return cursor.bad() ? std::nullopt : std::optional(expectation);
}

void print_expectation(JsonWriter& json, const Expectation& expectation) {
  const auto& [schedule, heard, at, early] = expectation;
  json.begin_array().value(schedule).value(to_ms(heard)).value(to_ms(at)).value(early.count()).end_array();
}

}  // namespace hb
