// One call to a provider, as a value, and what every channel needs in order to make it.
#pragma once

#include <chrono>
#include <string>
#include <string_view>

#include "config.hpp"
#include "event.hpp"
#include "json_writer.hpp"
#include "message.hpp"

namespace hb {

// Plain: short, and without any template, for a provider that refused the full form.
enum class Form { full, plain };

struct Attempt {
  Time at{};
  std::chrono::minutes utc_offset{};  // of the configured time zone
  Form form = Form::full;
};

// A message on its way through one channel. It lasts for a call.
struct Telling {
  const Config& config;
  const Channel& channel;
  const Message& message;
  const Attempt& attempt;

  std::string_view credential(std::string_view key) const;
};

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
