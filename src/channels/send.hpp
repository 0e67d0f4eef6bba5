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

// The header by which a provider knows who calls.
void add_bearer(Send& send, std::string_view token);
void add_basic(Send& send, std::string_view user, std::string_view password);

// By which a provider knows that messages are about one incident: the message's own key, or one of 255 units, as many
// as PagerDuty takes, that is as good as the whole when that is longer.
std::string incident_key(const Message& message);

// Up to its last slashes.
std::string_view without_slashes_behind(std::string_view address);

// Everything but letters, digits and -._~ as %XX.
std::string percent_encoded(std::string_view text);

}  // namespace hb
