#include "channels/send.hpp"

namespace hb {
namespace {

// Some providers refuse requests that do not say who sends them.
Send send_of(std::string url, std::string_view content_type, std::string body) {
  return {.url = std::move(url),
          .headers = {{"Content-Type", std::string(content_type)}, {"User-Agent", "heartbeat-monitor"}},
          .body = std::move(body)};
}

bool is_unreserved(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '.' ||
         c == '_' || c == '~';
}

}  // namespace

Send json_send(std::string url, JsonWriter& json) {
  return send_of(std::move(url), "application/json", json.take());
}

void FormBody::add(std::string_view name, std::string_view value) {
  if (value.empty()) return;
  if (!text_.empty()) text_ += '&';
  ((text_ += percent_encoded(name)) += '=') += percent_encoded(value);
}

Send form_send(std::string url, const FormBody& form) {
  return send_of(std::move(url), "application/x-www-form-urlencoded", form.text());
}

std::string percent_encoded(std::string_view text) {
  static constexpr char kHex[] = "0123456789ABCDEF";
  std::string out;
  for (const char c : text) {
    if (is_unreserved(c)) {
      out += c;
    } else {
      ((out += '%') += kHex[c >> 4 & 0xF]) += kHex[c & 0xF];
    }
  }
  return out;
}

}  // namespace hb
