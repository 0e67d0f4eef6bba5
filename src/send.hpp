// One call to a provider, as a value, and what every channel needs in order to make it.
#pragma once

#include <chrono>
#include <string>
#include <string_view>

#include "config.hpp"
#include "event.hpp"
#include "json.hpp"
#include "message.hpp"

namespace hb {

inline constexpr Millis kSendTimeout = 10s;

// How a call leaves: as a request, or through Cloudflare's `send_email` binding.
enum class Via { request, email_binding };

// The binding takes `body`, the JSON of {from: {email, name?}, to: [email, …], subject, text, html?}; nothing
// else of the value counts then.
struct Send {
  Via via = Via::request;
  std::string url{};  // may have a secret in it
  std::string method = "POST";
  Headers headers{};
  std::string body{};

  bool operator==(const Send&) const = default;
};

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
