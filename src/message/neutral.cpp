#include "message/neutral.hpp"

#include "text/json.hpp"
#include "text/visible.hpp"

namespace hb {
namespace {

Json neutral_value(const Json& json) {
  if (const auto text = as_string(json)) return visible(*text);
  if (json.is_array()) {
    Json out = Json::array();
    for (const Json& element : elements(json)) out.push_back(neutral_value(element));
    return out;
  }
  if (!json.is_object()) return json;
  Json out = Json::object();
  for (const auto& [name, value] : members(json)) out[visible(name)] = neutral_value(value);
  return out;
}

// Most have nothing but ASCII in them, and no escape.
bool may_hide_something(std::string_view json) {
  for (const char c : json) {
    if (c == '\\' || static_cast<unsigned char>(c) >= 0x7F) return true;
  }
  return false;
}

void neutralize_object(std::string& object) {
  if (!may_hide_something(object)) return;
  if (const auto json = parse_json(object)) object = dump(neutral_value(*json));
}

}  // namespace

Message neutral(const Message& message) {
  Message out = message;
  for (std::string Message::*text :
       {&Message::title, &Message::text, &Message::severity, &Message::status, &Message::source,
        &Message::service_name, &Message::group_name, &Message::also_down, &Message::previous,
        &Message::heartbeat_message, &Message::url})
    out.*text = visible(out.*text);
  for (std::string& line : out.lines) line = visible(line);
  for (std::string Message::*object : {&Message::metadata, &Message::labels, &Message::annotations})
    neutralize_object(out.*object);
  return out;
}

}  // namespace hb
