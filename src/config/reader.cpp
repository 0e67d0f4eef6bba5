#include "config/reader.hpp"

#include <algorithm>

#include "config/almost.hpp"

namespace hb {
namespace {

void append_path(std::string& out, const FieldPath& path) {
  if (!path.parent) return;
  append_path(out, *path.parent);
  if (path.index) {
    out += '[' + std::to_string(*path.index) + ']';
    return;
  }
  if (!out.empty()) out += '.';
  out += path.name;
}

Fault fault_at(const FieldPath& path, std::string text) {
  const FieldPath* file = &path;
  while (file->parent) file = file->parent;
  Fault fault{.file = std::string(file->name), .path = {}, .text = std::move(text)};
  append_path(fault.path, path);
  return fault;
}

constexpr size_t kUsualMembers = 16;
constexpr size_t kMostShown = 60;  // bytes of what stands there

std::string kind_of(const Json& json) {
  if (json.is_object()) return "an object";
  if (json.is_array()) return "a list";
  if (json.is_string()) return "text";
  return dump(json);
}

// What stands there in place of a number or a flag.
std::string shown(const Json& json) {
  const auto text = as_string(json);
  if (!text) return kind_of(json);
  const auto inside = parse_json(*text);
  if (inside && (inside->is_number() || inside->is_boolean())) {
    return "the text \"" + *text + "\"; write " + *text + " without the quotes";
  }
  if (text->size() > kMostShown) return "a long text";
  return "the text " + dump(json);
}

// Passes a value on; says what must be there when something else is.
template <class T, class Say>
std::optional<T> expected(const Field& field, std::optional<T> value, Say what) {
  if (field && !value) field.fault("must be " + what() + ", but is " + shown(*field.json));
  return value;
}

// Says it of text that may be a secret, and is not repeated.
void fault_of_text(const Field& field, const std::string* text, const TextRule& rule) {
  const std::string must = "must be " + std::string(rule.expected);
  const std::string_view reason =
      text == nullptr || rule.reason == nullptr ? std::string_view() : rule.reason(*text);
  if (text == nullptr) return field.fault(must + ", but is " + kind_of(*field.json));
  field.fault(reason.empty() ? must : must + ": " + std::string(reason));
}

std::string range(Bounds bounds) {
  return "from " + std::to_string(bounds.min) + " to " + std::to_string(bounds.max);
}

std::string with_reason(std::string what, std::optional<int64_t> value, Bounds bounds) {
  if (!value || *value >= bounds.min || bounds.reason.empty()) return what;
  return what + " (" + std::string(bounds.reason) + ")";
}

std::string list(std::span<const std::string_view> words) {
  std::string out;
  for (size_t i = 0; i < words.size(); ++i) {
    if (i > 0) out += i + 1 == words.size() ? " or " : ", ";
    out.append("\"").append(words[i]).append("\"");
  }
  return out;
}

}  // namespace

void Field::fault(std::string text) const {
  findings->faults.push_back(fault_at(path, std::move(text)));
}

void Field::warn(std::string text) const {
  findings->warnings.push_back(fault_at(path, std::move(text)));
}

Field Field::member(std::string_view name) const {
  return {json ? hb::member(*json, name) : nullptr, FieldPath{.parent = &path, .name = name}, findings};
}

std::optional<bool> flag(const Field& field) {
  return expected(field, field ? as_bool(*field.json) : std::nullopt,
                  [] { return std::string("true or false"); });
}

std::optional<int64_t> integer(const Field& field, Bounds bounds) {
  const std::optional<int64_t> given = field ? as_integer(*field.json) : std::nullopt;
  const bool fits = given && *given >= bounds.min && *given <= bounds.max;
  return expected(field, fits ? given : std::nullopt,
                  [&] { return with_reason("a whole number " + range(bounds), given, bounds); });
}

std::optional<double> number(const Field& field, Bounds bounds) {
  std::optional<double> value = field ? as_number(*field.json) : std::nullopt;
  const bool fits =
      value && *value >= static_cast<double>(bounds.min) && *value <= static_cast<double>(bounds.max);
  if (!fits) value.reset();
  return expected(field, value, [bounds] { return "a number " + range(bounds); });
}

std::optional<std::string> text(const Field& field, const TextRule& rule) {
  if (!field) return std::nullopt;
  std::optional<std::string> value = as_string(*field.json);
  if (value && rule.holds(*value)) return value;
  fault_of_text(field, value ? &*value : nullptr, rule);
  return std::nullopt;
}

std::optional<std::string> word(const Field& field, std::span<const std::string_view> words) {
  std::optional<std::string> value = field ? as_string(*field.json) : std::nullopt;
  if (value && std::find(words.begin(), words.end(), *value) == words.end()) value.reset();
  return expected(field, std::move(value), [words] { return list(words); });
}

std::optional<std::vector<std::string>> texts(const Field& field, const TextRule& rule) {
  if (!is_list(field)) return std::nullopt;
  std::vector<std::string> out;
  each_element_of(field, [&](const Field& element) {
    if (auto value = text(element, rule)) out.push_back(*std::move(value));
  });
  return out;
}

std::optional<Events> events(const Field& field) {
  static constexpr std::string_view kNames[] = {"down", "up", "degraded"};
  if (!is_list(field)) return std::nullopt;
  Events out{.down = false, .up = false, .degraded = false};
  each_element_of(field, [&](const Field& element) {
    const auto name = word(element, kNames);
    out.down |= name == "down";
    out.up |= name == "up";
    out.degraded |= name == "degraded";
  });
  return out;
}

bool is_object(const Field& field) {
  if (field && !field.json->is_object()) {
    field.fault("must be an object, as in {…}, but is " + shown(*field.json));
  }
  return field && field.json->is_object();
}

bool is_list(const Field& field) {
  if (field && !field.json->is_array()) {
    field.fault("must be a list, as in […], but is " + shown(*field.json));
  }
  return field && field.json->is_array();
}

void unknown_field(const Field& field, std::string_view name, std::span<const std::string_view> known,
                   std::string_view noun) {
  const std::string_view meant = almost(name, known);
  const std::string what = "is not " + std::string(noun);
  if (meant.empty()) return field.warn(what + " and has no effect");
  field.fault(what + "; did you mean \"" + std::string(meant) + "\"?");
}

Object::~Object() {
  if (!is_object_ || found_ == members(*field_.json).size()) return;
  each_member_of(field_, [&](const std::string& name, const Field& member) {
    if (name == "$schema" || std::find(asked_.begin(), asked_.end(), name) != asked_.end()) return;
    unknown_field(member, name, asked_, "a known field");
  });
}

Field Object::member(std::string_view name) {
  Field found = field_.member(name);
  if (!is_object_) return found;
  if (asked_.empty()) asked_.reserve(kUsualMembers);
  asked_.push_back(name);
  if (found) ++found_;
  return found;
}

Field Object::required(std::string_view name, std::string_view what) {
  Field found = member(name);
  if (is_object_ && !found) found.fault("is missing: " + std::string(what));
  return found;
}

bool Object::flag(std::string_view name, bool fallback) {
  return hb::flag(member(name)).value_or(fallback);
}

int Object::integer(std::string_view name, Bounds bounds, int fallback) {
  return static_cast<int>(hb::integer(member(name), bounds).value_or(fallback));
}

Millis Object::seconds(std::string_view name, Bounds bounds, Millis fallback) {
  const auto value = hb::integer(member(name), bounds);
  return value ? Millis{std::chrono::seconds{*value}} : fallback;
}

std::string Object::text(std::string_view name, const TextRule& rule, std::string_view fallback) {
  return hb::text(member(name), rule).value_or(std::string(fallback));
}

std::string Object::word(std::string_view name, std::span<const std::string_view> words,
                         std::string_view fallback) {
  return hb::word(member(name), words).value_or(std::string(fallback));
}

}  // namespace hb
