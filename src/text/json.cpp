#include "text/json.hpp"

#include <cmath>

template class nlohmann::basic_json<>;

namespace hb {
namespace {

constexpr double kMaxWhole = 9007199254740991.0;

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
  if (!number || std::abs(*number) > kMaxWhole || std::trunc(*number) != *number) return std::nullopt;
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

std::optional<Time> time_member(const Json& json, std::string_view key) {
  return stored_time(integer_member(json, key).value_or(0));
}

std::string dump(const Json& json) {
  std::string text = json.dump(-1, ' ', false, Json::error_handler_t::replace);
  // Outside of strings there is no such character.
  for (size_t at = text.find('<'); at != text.npos; at = text.find('<', at)) text.replace(at, 1, "\\u003c");
  return text;
}

}  // namespace hb
