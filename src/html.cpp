#include "html.hpp"

#include <algorithm>

namespace hb {
namespace {

// What HTML has no reference for is the sign of what cannot be shown.
std::string_view replacement(char c) {
  switch (c) {
    case '&':
      return "&amp;";
    case '<':
      return "&lt;";
    case '>':
      return "&gt;";
    case '"':
      return "&quot;";
    case '\'':
      return "&#39;";
    default:
      return "\uFFFD";
  }
}

bool is_plain(char c) {
  const bool is_control = static_cast<unsigned char>(c) < ' ' && c != '\n' && c != '\t' && c != '\r';
  return !is_control && c != 0x7f && c != '&' && c != '<' && c != '>' && c != '"' && c != '\'';
}

}  // namespace

void append_html(std::string& out, std::string_view text) {
  size_t plain = 0;
  for (size_t i = 0; i < text.size(); ++i) {
    if (is_plain(text[i])) continue;
    out += text.substr(plain, i - plain);
    out += replacement(text[i]);
    plain = i + 1;
  }
  out += text.substr(plain);
}

bool is_safe_link(std::string_view url) {
  // Browsers drop control characters, and then see a scheme that was hidden by them.
  const auto is_odd = [](char c) { return static_cast<unsigned char>(c) <= ' ' || c == 0x7f; };
  if (url.empty() || std::any_of(url.begin(), url.end(), is_odd)) return false;
  if (url.starts_with("https://")) return true;
  return url.substr(0, url.find_first_of("/?#")).find(':') == url.npos;
}

}  // namespace hb
