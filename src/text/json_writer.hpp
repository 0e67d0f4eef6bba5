// JSON written by hand, front to back.
#pragma once

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "text/buffer.hpp"
#include "text/time.hpp"

namespace hb {

// Prints JSON front to back; commas are its business. `<` is written as \u003c, so that nothing printed can
// end a script element. Ill-formed UTF-8 is the caller's to avoid (utf8.hpp).
//
//   JsonWriter json;
//   json.begin_object().member("id", id).key("days").begin_array()....end_array().end_object();
class JsonWriter {
 public:
  JsonWriter& begin_object() { return open('{'); }
  JsonWriter& end_object() { return close('}'); }
  JsonWriter& begin_array() { return open('['); }
  JsonWriter& end_array() { return close(']'); }
  JsonWriter& key(std::string_view name);
  JsonWriter& raw_key(std::string_view escaped);  // as it stood between its quotes in another document

  JsonWriter& value(std::string_view text);
  JsonWriter& value(const char* text) { return value(std::string_view(text)); }
  JsonWriter& value(Time time);  // as in the documents
  JsonWriter& value(bool flag);
  JsonWriter& value(double number);  // at most two decimals; not finite: null
  JsonWriter& value(std::nullptr_t);
  template <std::integral T>
  requires(!std::same_as<T, bool>) JsonWriter& value(T number) {
    return integer(static_cast<int64_t>(number));
  }
  template <class T>
  JsonWriter& value(const std::optional<T>& maybe) {
    return maybe ? value(*maybe) : value(nullptr);
  }
  // As it stood between its quotes in another document.
  JsonWriter& raw_string(std::string_view escaped);
  // `json` is a whole JSON value already.
  JsonWriter& raw(std::string_view json);

  template <class T>
  JsonWriter& member(std::string_view name, const T& content) {
    return key(name).value(content);
  }

  void reserve(size_t bytes) { out_.reserve(bytes); }
  std::string_view text() const { return out_.view(); }
  std::string take() { return out_.take(); }

 private:
  JsonWriter& open(char bracket);
  JsonWriter& close(char bracket);
  JsonWriter& integer(int64_t number);
  void separate();

  Buffer out_{};
  bool needs_comma_ = false;
};

}  // namespace hb
