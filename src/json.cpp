#include "json.hpp"

#include <array>
#include <charconv>
#include <cmath>

#include "utf8.hpp"

namespace hb {
namespace {

constexpr double kMaxSafeInteger = 9007199254740991.0;

// A cheap look ahead of the parser.
bool is_too_deep(std::string_view text) {
  int depth = 0;
  bool in_string = false;
  for (size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (in_string) {
      if (c == '\\') ++i;
      if (c == '"') in_string = false;
      continue;
    }
    if (c == '"') in_string = true;
    if (c == '{' || c == '[') ++depth;
    if (c == '}' || c == ']') --depth;
    if (depth > kMaxDepth) return true;
  }
  return false;
}

void append_escape(std::string& out, char c) {
  static constexpr char kHex[] = "0123456789abcdef";
  switch (c) {
    case '"':
      out += "\\\"";
      return;
    case '\\':
      out += "\\\\";
      return;
    case '\n':
      out += "\\n";
      return;
    case '\r':
      out += "\\r";
      return;
    case '\t':
      out += "\\t";
      return;
    default:
      out += "\\u00";
      out += kHex[(c >> 4) & 0xF];
      out += kHex[c & 0xF];
  }
}

constexpr std::array<bool, 256> kNeedsEscape = [] {
  std::array<bool, 256> table{};
  for (size_t control = 0; control < 0x20; ++control) table[control] = true;
  table['"'] = table['\\'] = table['<'] = true;
  return table;
}();

bool needs_escape(char c) {
  return kNeedsEscape[static_cast<unsigned char>(c)];
}

}  // namespace

std::optional<Json> parse_json(std::string_view text) {
  // The parser takes a zero byte for the end of the text.
  if (is_too_deep(text) || text.find('\0') != text.npos) return std::nullopt;
  Json json = Json::parse(text.begin(), text.end(), nullptr, false);
  if (json.is_discarded()) return std::nullopt;
  return json;
}

const Json* member(const Json& json, std::string_view key) {
  const auto* object = json.get_ptr<const Json::object_t*>();
  if (object == nullptr) return nullptr;
  const auto found = object->find(key);
  return found == object->end() ? nullptr : &found->second;
}

const Json::object_t& members(const Json& json) {
  static const Json::object_t kNone;
  const auto* object = json.get_ptr<const Json::object_t*>();
  return object == nullptr ? kNone : *object;
}

const Json::array_t& elements(const Json& json) {
  static const Json::array_t kNone;
  const auto* array = json.get_ptr<const Json::array_t*>();
  return array == nullptr ? kNone : *array;
}

std::optional<std::string> as_string(const Json& json) {
  const auto* text = json.get_ptr<const Json::string_t*>();
  return text == nullptr ? std::nullopt : std::optional(*text);
}

std::optional<int64_t> as_integer(const Json& json) {
  const std::optional<double> number = as_number(json);
  if (!number || std::abs(*number) > kMaxSafeInteger || std::trunc(*number) != *number) return std::nullopt;
  return static_cast<int64_t>(*number);
}

std::optional<double> as_number(const Json& json) {
  if (const auto* natural = json.get_ptr<const Json::number_unsigned_t*>())
    return static_cast<double>(*natural);
  if (const auto* whole = json.get_ptr<const Json::number_integer_t*>()) return static_cast<double>(*whole);
  if (const auto* real = json.get_ptr<const Json::number_float_t*>()) return *real;
  return std::nullopt;
}

std::optional<bool> as_bool(const Json& json) {
  const auto* flag = json.get_ptr<const Json::boolean_t*>();
  return flag == nullptr ? std::nullopt : std::optional(*flag);
}

std::optional<std::string> string_member(const Json& json, std::string_view key) {
  const Json* found = member(json, key);
  return found == nullptr ? std::nullopt : as_string(*found);
}

std::optional<int64_t> integer_member(const Json& json, std::string_view key) {
  const Json* found = member(json, key);
  return found == nullptr ? std::nullopt : as_integer(*found);
}

std::string dump(const Json& json) {
  std::string text = json.dump(-1, ' ', false, Json::error_handler_t::replace);
  // Outside of strings there is no such character.
  for (size_t at = text.find('<'); at != text.npos; at = text.find('<', at)) text.replace(at, 1, "\\u003c");
  return text;
}

void append_json_string(std::string& out, std::string_view text) {
  out += '"';
  size_t plain = 0;
  for (size_t i = 0; i < text.size(); ++i) {
    if (!needs_escape(text[i])) continue;
    out += text.substr(plain, i - plain);
    append_escape(out, text[i]);
    plain = i + 1;
  }
  out += text.substr(plain);
  out += '"';
}

void JsonWriter::separate() {
  if (needs_comma_) out_ += ',';
  needs_comma_ = true;
}

JsonWriter& JsonWriter::open(char bracket) {
  separate();
  out_ += bracket;
  needs_comma_ = false;
  return *this;
}

JsonWriter& JsonWriter::close(char bracket) {
  out_ += bracket;
  needs_comma_ = true;
  return *this;
}

JsonWriter& JsonWriter::key(std::string_view name) {
  separate();
  append_json_string(out_, name);
  out_ += ':';
  needs_comma_ = false;
  return *this;
}

JsonWriter& JsonWriter::raw_key(std::string_view escaped) {
  separate();
  ((out_ += '"') += escaped) += "\":";
  needs_comma_ = false;
  return *this;
}

JsonWriter& JsonWriter::value(std::string_view text) {
  separate();
  append_json_string(out_, text);
  return *this;
}

JsonWriter& JsonWriter::value(Time time) {
  separate();
  out_ += '"';
  append_iso(out_, time);
  out_ += '"';
  return *this;
}

JsonWriter& JsonWriter::value(bool flag) {
  return raw(flag ? "true" : "false");
}

JsonWriter& JsonWriter::value(std::nullptr_t) {
  return raw("null");
}

JsonWriter& JsonWriter::value(double number) {
  const double scaled = std::round(number * 100);
  if (!std::isfinite(scaled) || std::abs(scaled) > kMaxSafeInteger) return value(nullptr);
  const auto hundredths = static_cast<int64_t>(scaled);
  std::string text = hundredths < 0 ? "-" : "";
  text += std::to_string(std::abs(hundredths) / 100);
  const auto rest = static_cast<int>(std::abs(hundredths) % 100);
  if (rest != 0) text += '.';
  if (rest != 0) text += static_cast<char>('0' + rest / 10);
  if (rest % 10 != 0) text += static_cast<char>('0' + rest % 10);
  return raw(text);
}

JsonWriter& JsonWriter::integer(int64_t number) {
  separate();
  char digits[24];
  const auto end = std::to_chars(digits, digits + sizeof digits, number).ptr;
  out_.append(digits, end);
  return *this;
}

JsonWriter& JsonWriter::raw_string(std::string_view escaped) {
  separate();
  ((out_ += '"') += escaped) += '"';
  return *this;
}

JsonWriter& JsonWriter::raw(std::string_view json) {
  separate();
  out_ += json;
  return *this;
}

}  // namespace hb
