// The texts that users write in place of the usual ones, with their variables filled in.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "message/wording.hpp"

namespace hb {

// The texts of one template, as the configuration keeps them.
using TemplateTexts = std::map<std::string, std::string>;

// What the configuration has for this type of channel and kind of message; null when it has nothing. Digests
// and notices have no templates.
const TemplateTexts* template_for(const DeliveryAttempt& attempt);

// The text under a name; empty when there is none.
std::string_view template_text(const TemplateTexts& texts, std::string_view name);

class Variables {
 public:
  explicit Variables(const DeliveryAttempt& attempt);

  // The text with each variable replaced by its value, shortened and escaped. What was inserted is not
  // searched for variables, and what is no variable stays.
  std::string filled(std::string_view text, Escape escape, size_t cap) const;

  // The same, with the values shortened so that the whole has at most `limit` units.
  std::string truncated(std::string_view text, Escape escape, size_t limit) const;

 private:
  void add(std::string_view name, std::string value);
  const std::string* find(std::string_view name) const;

  std::vector<std::pair<std::string_view, std::string>> values_{};
};

// A pair of texts out of a template's list of fields.
struct TemplateField {
  std::string_view name{};
  std::string_view value{};
  bool is_short = false;
};

inline constexpr size_t kMaxTemplateFields = 25;

// The fields in their order; `name` and `flag` are what the channel calls them.
std::vector<TemplateField> template_fields(const TemplateTexts& texts, std::string_view name,
                                           std::string_view flag);

}  // namespace hb
