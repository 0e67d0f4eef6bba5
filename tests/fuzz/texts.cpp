// Small texts from outside: JSON, queries, times, UTF-8.

#include "event/http.hpp"
#include "fuzz.hpp"
#include "text/cursor.hpp"
#include "text/json.hpp"
#include "text/json_writer.hpp"
#include "text/utf8.hpp"

using namespace hb;

namespace {

// A cursor takes whatever the parser takes.
void walk(std::string_view text) {
  Cursor cursor(text);
  const std::string_view value = cursor.value();
  const bool is_whole = !cursor.bad() && cursor.at_end();
  if (!parse_json(text)) return;
  require(is_whole);
  require(parse_json(value) == parse_json(text));
  require(parse_json(dump(*parse_json(value))).has_value());
}

void read_strings(std::string_view text) {
  const std::string valid = valid_utf8(text);
  require(valid_utf8(valid) == valid);
  const std::string quoted = JsonWriter().value(valid).take();
  Cursor cursor(quoted);
  require(unescaped(cursor.string_or_skip(text.size())) == valid);
  for (const size_t count : {0, 1, 7}) {
    require(first_bytes(valid, count).size() <= count);
    require(valid_utf8(first_bytes(valid, count)) == first_bytes(valid, count));
    require(valid_utf8(first_characters(valid, count)) == first_characters(valid, count));
  }
}

void read_time(std::string_view text) {
  const auto time = parse_time(text);
  if (parse_iso(text) && *time >= Time{}) require(iso(*time) == text);
  if (time) require(parse_iso(iso(*time)).has_value());
  if (const auto day = parse_day(text)) require(time == Time(*day));
}

void read_query(std::string_view text) {
  const Query query(text);
  for (const char* name : {"", "a", "limit"}) {
    const auto all = query.all(name);
    require(query.text(name) == (all.empty() ? std::nullopt : std::optional(all[0])));
    query.number(name, 1, 1000, 20);
    query.time(name);
  }
  decoded_path(text);
}

}  // namespace

int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const Exact text(view_of(data, size));
  walk(text.view());
  read_strings(text.view());
  read_time(text.view());
  read_query(text.view());
  return 0;
}
