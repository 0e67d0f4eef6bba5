#include "channels/send.hpp"

#include "message/wording.hpp"
#include "text/base64.hpp"
#include "text/sha256.hpp"
#include "text/utf8.hpp"

namespace hb {
namespace {

constexpr size_t kKey = 255;  // units

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

void add_bearer(Send& send, std::string_view token) {
  send.headers.emplace_back("Authorization", "Bearer " + std::string(token));
}

void add_basic(Send& send, std::string_view user, std::string_view password) {
  const std::string login = std::string(user) + ":" + std::string(password);
  send.headers.emplace_back("Authorization", "Basic " + base64(login));
}

std::string incident_key(const Message& message) {
  std::string key = message.dedup_key.empty() ? message_id(message) : message.dedup_key;
  if (units(key) <= kKey) return key;
  const std::string digest = hex(sha256(key));
  return shortened(key, kKey - digest.size()) + digest;
}

std::string_view without_slashes_behind(std::string_view address) {
  while (address.ends_with('/')) address.remove_suffix(1);
  return address;
}

}  // namespace hb
