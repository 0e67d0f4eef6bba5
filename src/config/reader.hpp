// What the readers of the four files share: members by type and bounds, and findings of whatever is not so.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "config/config.hpp"
#include "config/rules.hpp"
#include "text/json.hpp"

namespace hb {

// One step on the way from a file to a value. Steps point at the one before, so they are written out only
// when there is something to say.
struct FieldPath {
  const FieldPath* parent = nullptr;  // none: this is the file
  std::string_view name{};            // of the file, or of a member
  std::optional<size_t> index{};      // of an element
};

struct Findings {
  std::vector<Fault> faults{};
  std::vector<Fault> warnings{};
};

// A value in a file, or the place where it could stand.
struct Field {
  const Json* json = nullptr;  // null: absent
  FieldPath path{};
  Findings* findings = nullptr;

  explicit operator bool() const { return json != nullptr; }

  // `text` continues the path as a sentence: "must be …", "is …".
  void fault(std::string text) const;
  void warn(std::string text) const;

  Field member(std::string_view name) const;
};

// Both ends are allowed.
struct Bounds {
  int64_t min = 0;
  int64_t max = 0;
  std::string_view reason{};  // of the lower one, where that is not plain
};

// Each is absent when the field is, and absent with a fault when it is something else.
std::optional<bool> flag(const Field& field);
std::optional<int64_t> integer(const Field& field, Bounds bounds);
std::optional<double> number(const Field& field, Bounds bounds);
std::optional<std::string> text(const Field& field, const TextRule& rule);
std::optional<std::string> word(const Field& field, std::span<const std::string_view> words);
std::optional<std::vector<std::string>> texts(const Field& field, const TextRule& rule);
std::optional<Events> events(const Field& field);

bool is_object(const Field& field);  // else a fault, unless absent
bool is_list(const Field& field);

// Visits the elements of a list, or nothing: `visit(const Field&)`.
template <class Visit>
void each_element_of(const Field& list, Visit visit) {
  if (!is_list(list)) return;
  size_t index = 0;
  for (const Json& element : elements(*list.json)) {
    visit(Field{&element, FieldPath{.parent = &list.path, .index = index}, list.findings});
    ++index;
  }
}

// Members that begin with an underscore are comments.
inline bool is_comment(std::string_view name) {
  return name.starts_with('_');
}

// Visits the members of an object whose names are free: `visit(const std::string& name, const Field&)`.
template <class Visit>
void each_member_of(const Field& object, Visit visit) {
  if (!is_object(object)) return;
  for (const auto& [name, value] : members(*object.json)) {
    if (is_comment(name)) continue;
    visit(name, Field{&value, FieldPath{.parent = &object.path, .name = name}, object.findings});
  }
}

// Warns of a field whose name is none of `known`. Where it is almost one of them, that is a fault, because
// what was meant to be set is not.
// `noun` says what it is not, as in "a known field".
void unknown_field(const Field& field, std::string_view name, std::span<const std::string_view> known,
                   std::string_view noun);

// An object with known members: those that are asked for until its end.
class Object {
 public:
  explicit Object(const Field& field) : field_(field), is_object_(is_object(field)) {}
  ~Object();
  Object(const Object&) = delete;
  Object& operator=(const Object&) = delete;

  // The field points into this object.
  Field member(std::string_view name);
  // The same, and a fault when it is missing: "is missing: `what`".
  Field required(std::string_view name, std::string_view what);

  bool flag(std::string_view name, bool fallback);
  int integer(std::string_view name, Bounds bounds, int fallback);
  Millis seconds(std::string_view name, Bounds bounds, Millis fallback);
  std::string text(std::string_view name, const TextRule& rule, std::string_view fallback);
  std::string word(std::string_view name, std::span<const std::string_view> words, std::string_view fallback);

 private:
  const Field field_;
  const bool is_object_;
  size_t found_ = 0;                       // of those asked for
  std::vector<std::string_view> asked_{};  // also those that are not there
};

}  // namespace hb
