#include "config/secrets.hpp"

#include <algorithm>
#include <charconv>
#include <utility>

#include "text/ascii.hpp"
#include "text/base64.hpp"
#include "text/json.hpp"

namespace hb {
namespace {

constexpr std::string_view kApiKeys = "API_KEYS";
constexpr std::string_view kNotification = "NOTIFICATION_";

bool starts_with(std::string_view text, std::string_view start) {
  return text.substr(0, start.size()) == start;
}

// 1 for API_KEYS, n for API_KEYS_n with n from 2 up, 0 for every other name.
int number_of_part(std::string_view name) {
  if (name == kApiKeys) return 1;
  if (!starts_with(name, kApiKeys) || name.size() < kApiKeys.size() + 2) return 0;
  const std::string_view digits = name.substr(kApiKeys.size() + 1);
  if (name[kApiKeys.size()] != '_' || digits[0] == '0') return 0;
  int number = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
  const bool is_whole = error == std::errc{} && end == digits.data() + digits.size();
  return is_whole && number >= 2 ? number : 0;
}

// The parts that are set, by their number.
std::map<int, std::string_view> parts_of_api_keys(const std::map<std::string, std::string>& env) {
  std::map<int, std::string_view> parts;
  for (const auto& [name, value] : env) {
    const int number = number_of_part(name);
    if (number > 0 && !trimmed(value).empty()) parts.emplace(number, value);
  }
  return parts;
}

// Absent unless an object. What is no text costs its id the key, and nobody else.
std::optional<std::map<std::string, std::string, std::less<>>> parse_keys(
    std::string_view text, std::vector<std::string>& unusable) {
  const std::optional<Json> json = parse_json(text);
  if (!json || !json->is_object()) return std::nullopt;
  std::map<std::string, std::string, std::less<>> keys;
  for (const auto& [id, value] : members(*json)) {
    if (!value.is_string()) unusable.push_back(id);
    keys.emplace(id, as_string(value).value_or(""));
  }
  return keys;
}

// A later part overrides an earlier one. One damaged part damages the whole, because a missing specific key
// would let a more general one in.
ApiKeys read_api_keys(const std::map<std::string, std::string>& env) {
  const auto parts = parts_of_api_keys(env);
  if (parts.empty()) return {};
  ApiKeys out{.state = ApiKeys::State::set};
  for (const auto& [number, text] : parts) {
    auto keys = parse_keys(text, out.unusable);
    if (!keys) return {.state = ApiKeys::State::damaged};
    for (auto& [id, key] : *keys) out.keys.insert_or_assign(id, std::move(key));
  }
  std::erase_if(out.unusable, [&](const std::string& id) { return !out.keys[id].empty(); });
  return out;
}

// Secrets that were piped in often end in a line feed.
std::string trimmed_value(const std::map<std::string, std::string>& env, const std::string& name) {
  const auto found = env.find(name);
  return found == env.end() ? std::string() : std::string(trimmed(found->second));
}

std::optional<std::string_view> non_empty(std::string_view key) {
  return key.empty() ? std::nullopt : std::optional(key);
}

char upper(char c) {
  return c >= 'a' && c <= 'z' ? static_cast<char>(c - ('a' - 'A')) : c;
}
bool is_upper_or_digit(char c) {
  return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}
bool is_continuation_byte(char c) {
  return (static_cast<unsigned char>(c) & 0xC0) == 0x80;
}

// Empty for any other scheme, which is written in any case of letters.
std::string_view behind_scheme(std::string_view authorization, std::string_view scheme) {
  const std::string_view text = trimmed(authorization);
  const size_t end_of_scheme = text.find_first_of(" \t");
  if (end_of_scheme == std::string_view::npos || lower(text.substr(0, end_of_scheme)) != scheme) return {};
  return trimmed(text.substr(end_of_scheme));
}

}  // namespace

Secrets read_secrets(const std::map<std::string, std::string>& env) {
  Secrets out{.api_keys = read_api_keys(env),
              .alert_api_key = trimmed_value(env, "ALERT_API_KEY"),
              .monitor_ping_url = trimmed_value(env, "MONITOR_PING_URL")};
  for (const auto& [name, value] : env) {
    const std::string_view content = trimmed(value);
    if (starts_with(name, kNotification) && !content.empty()) out.notification.emplace(name, content);
  }
  return out;
}

std::optional<std::string_view> expected_key(const Config& config, const Service& service) {
  const auto& keys = config.secrets.api_keys.keys;
  if (const auto own = keys.find(service.id); own != keys.end()) return non_empty(own->second);
  if (service.group && *service.group < config.groups.size()) {
    const auto shared = keys.find(config.groups[*service.group].id);
    if (shared != keys.end()) return non_empty(shared->second);
  }
  const auto general = keys.find("*");
  return general == keys.end() ? std::nullopt : non_empty(general->second);
}

bool equal_in_constant_time(std::string_view given, std::string_view expected) {
  if (expected.empty()) return false;
  volatile unsigned difference = given.size() != expected.size();
  size_t at = 0;
  for (const char c : given) {
    difference = difference | static_cast<unsigned>(c ^ expected[at]);
    at = at + 1 == expected.size() ? 0 : at + 1;
  }
  return difference == 0;
}

std::string_view bearer(std::string_view authorization) {
  return behind_scheme(authorization, "bearer");
}

std::string basic_password(std::string_view authorization) {
  const auto pair = base64_decoded(behind_scheme(authorization, "basic"));
  const size_t colon = pair ? pair->find(':') : std::string::npos;
  return colon == std::string::npos ? std::string() : pair->substr(colon + 1);
}

std::string secret_name(std::string_view channel_name, std::string_view key) {
  std::string out(kNotification);
  for (const char c : channel_name) {
    if (!is_continuation_byte(c)) out += is_upper_or_digit(upper(c)) ? upper(c) : '_';
  }
  out += '_';
  for (const char c : key) out += upper(c);
  return out;
}

std::string_view credential(const Secrets& secrets, const Channel& channel, std::string_view key) {
  const auto found = secrets.notification.find(secret_name(channel.name, key));
  return found == secrets.notification.end() ? std::string_view() : found->second;
}

}  // namespace hb
