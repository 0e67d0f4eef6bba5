#include "message/redaction.hpp"

#include <algorithm>
#include <vector>

#include "message/wording.hpp"
#include "text/utf8.hpp"

namespace hb {
namespace {

// More than that nobody reads; a secret that is cut here stands far behind what is shown.
constexpr size_t kRead = 16'384;
constexpr size_t kShortestSecret = 5;
constexpr size_t kShortestPart = 8;
constexpr std::string_view kHidden = "***";

bool is_address(std::string_view text) {
  return text.find("://") != text.npos;
}

// Between slashes, and what marks queries and users.
void add_parts(std::vector<std::string_view>& out, std::string_view address) {
  address.remove_prefix(address.find("://") + 3);
  const size_t path = std::min(address.find('/'), address.size());
  address.remove_prefix(path);
  while (!address.empty()) {
    const size_t end = std::min(address.find_first_of("/?&=#@"), address.size());
    if (end >= kShortestPart) out.push_back(address.substr(0, end));
    address.remove_prefix(std::min(end + 1, address.size()));
  }
}

void add_secret(std::vector<std::string_view>& out, std::string_view secret) {
  if (secret.size() >= kShortestSecret) out.push_back(secret);
  if (is_address(secret)) add_parts(out, secret);
}

// Longest first, so that none is hidden only in part.
std::vector<std::string_view> all_secrets(const Secrets& secrets) {
  std::vector<std::string_view> out;
  for (const auto& [name, value] : secrets.notification) add_secret(out, value);
  for (const auto& [id, key] : secrets.api_keys.keys) add_secret(out, key);
  add_secret(out, secrets.alert_api_key);
  add_secret(out, secrets.monitor_ping_url);
  std::sort(out.begin(), out.end(), [](auto one, auto other) { return one.size() > other.size(); });
  return out;
}

void hide(std::string& text, std::string_view secret) {
  for (size_t at = text.find(secret); at != text.npos; at = text.find(secret, at + kHidden.size()))
    text.replace(at, secret.size(), kHidden);
}

bool ends_url(char c) {
  return static_cast<unsigned char>(c) <= ' ' || c == '"' || c == '\'' || c == '<' || c == '>' || c == ')';
}

void hide_urls(std::string& text) {
  static constexpr std::string_view kShown = "(URL)";
  for (size_t at = text.find("://"); at != text.npos; at = text.find("://", at)) {
    size_t start = at;
    while (start > 0 && ((text[start - 1] | 0x20) >= 'a' && (text[start - 1] | 0x20) <= 'z')) --start;
    size_t end = at;
    while (end < text.size() && !ends_url(text[end])) ++end;
    text.replace(start, end - start, kShown);
    at = start + kShown.size();
  }
}

}  // namespace

std::string redacted(const Secrets& secrets, std::string_view text, size_t limit) {
  std::string out = valid_utf8(text.substr(0, kRead));
  for (const std::string_view secret : all_secrets(secrets)) hide(out, secret);
  hide_urls(out);
  return shortened(one_line(out), limit);
}

}  // namespace hb
