// One call to a provider, as a value.
#pragma once

#include <string>
#include <string_view>

#include "event/event.hpp"
#include "message/delivery_attempt.hpp"
#include "text/json_writer.hpp"

namespace hb {

Send json_send(std::string url, JsonWriter& json);

// Parameters as application/x-www-form-urlencoded; those that are empty are left out.
class FormBody {
 public:
  void add(std::string_view name, std::string_view value);
  const std::string& text() const { return text_; }

 private:
  std::string text_{};
};

Send form_send(std::string url, const FormBody& form);

// Everything but letters, digits and -._~ as %XX.
std::string percent_encoded(std::string_view text);

}  // namespace hb
