// The fields of alerts from outside, bounded, whatever their senders put there.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "alerts/external_alert.hpp"

namespace hb {

// An object of a body, taken apart but not built: a DOM of it would cost ten times as much.
class Fields {
 public:
  Fields() = default;
  explicit Fields(std::string_view object);  // of what is no object: none, and not sound

  bool is_sound() const { return is_sound_; }
  const std::vector<std::pair<std::string_view, std::string_view>>& members() const { return members_; }
  // As a cursor finds it: the name without its quotes, and the text of the value.
  void add(std::string_view name, std::string_view value) { members_.emplace_back(name, value); }

  // The text of the value; empty when there is none, or null. Of members with one name the last.
  std::string_view value(std::string_view name) const;
  Fields object(std::string_view name) const { return Fields(value(name)); }

  std::string text(std::string_view name) const;  // text_of_value
  // The first of the members that has any text.
  std::string first(std::initializer_list<std::string_view> names) const;

 private:
  std::vector<std::pair<std::string_view, std::string_view>> members_{};
  bool is_sound_ = true;
};

// Which kind of JSON a value is, by its text.
inline bool is_text_value(std::string_view value) {
  return value.starts_with('"');
}
inline bool is_object_value(std::string_view value) {
  return value.starts_with('{');
}

// A text as it is, numbers and flags in digits and letters; empty for anything else.
std::string text_of_value(std::string_view value);

// As JSON in the order of names, with what is too long cut and what is too much left out; empty when it has
// no member.
std::string bounded_object(const Fields& object);

// Names out of a list of texts or a text with commas.
std::vector<std::string> channel_names(std::string_view value);

// Makes the alert's texts and its URL fit their bounds.
void bound(ExternalAlert& alert);
std::string bounded_fingerprint(const std::string& fingerprint);

bool is_resolved_word(std::string_view status);

}  // namespace hb
