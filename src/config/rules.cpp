#include "config/rules.hpp"

#include <algorithm>

#include "text/ascii.hpp"

namespace hb {
namespace {

constexpr std::string_view kLetters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
constexpr std::string_view kDigits = "0123456789";

constexpr std::string_view kLinkText = "an https URL, a relative one, or one that starts with data:image/";
constexpr std::string_view kWebUrlText = "a whole URL that starts with https:// or http://";
constexpr std::string_view kColorText =
    "a CSS colour made of letters, digits, # ( ) , . % and spaces, without url()";

bool is_letter(char c) {
  return kLetters.find(c) != std::string_view::npos;
}
bool is_letter_or_digit(char c) {
  return is_letter(c) || kDigits.find(c) != std::string_view::npos;
}
bool is_control(char c) {
  return static_cast<unsigned char>(c) < 0x20 || c == 0x7f;
}

// Whether every character is a letter, a digit or one of `others`.
bool consists_of(std::string_view text, std::string_view others) {
  return std::all_of(text.begin(), text.end(), [others](char c) {
    return is_letter_or_digit(c) || others.find(c) != std::string_view::npos;
  });
}

bool has_length(std::string_view text, size_t min, size_t max) {
  return text.size() >= min && text.size() <= max;
}

bool starts_with_any_case(std::string_view text, std::string_view lower_start) {
  return lower(text.substr(0, lower_start.size())) == lower_start;
}

bool anything(std::string_view) {
  return true;
}

bool is_line(std::string_view text) {
  return std::none_of(text.begin(), text.end(), is_control);
}

bool is_name(std::string_view text) {
  return is_line(text) && !trimmed(text).empty();
}

bool is_id(std::string_view text) {
  return has_length(text, 1, 100) && consists_of(text, "._:-");
}

// Neither blanks nor backslashes, which browsers read as slashes.
bool is_url_text(std::string_view text) {
  return is_line(text) && !text.empty() && text.find_first_of(" \\") == std::string_view::npos;
}

// A path, query or fragment on the same site: nothing that reads as a scheme, no //host.
bool is_relative(std::string_view url) {
  return url.substr(0, 2) != "//" &&
         url.substr(0, url.find_first_of("/?#")).find(':') == std::string_view::npos;
}

bool has_host(std::string_view url) {
  const std::string_view rest = url.substr(url.find("//") + 2);
  return !rest.empty() && is_letter_or_digit(rest[0] == '[' ? '0' : rest[0]);
}

bool is_web_url(std::string_view url) {
  if (!is_url_text(url)) return false;
  return (starts_with_any_case(url, "https://") || starts_with_any_case(url, "http://")) && has_host(url);
}

bool is_link(std::string_view url) {
  return is_url_text(url) && (is_https(url) || starts_with_any_case(url, "data:image/") || is_relative(url));
}

bool is_link_or_none(std::string_view url) {
  return url.empty() || is_link(url);
}

bool is_web_url_or_none(std::string_view url) {
  return url.empty() || is_web_url(url);
}

bool is_origin(std::string_view text) {
  if (!is_web_url(text) || lower(text) != text) return false;
  return text.substr(text.find("//") + 2).find_first_of("/?#@") == std::string_view::npos;
}

bool has_balanced_parentheses(std::string_view text) {
  int depth = 0;
  for (const char c : text) {
    depth += c == '(' ? 1 : c == ')' ? -1 : 0;
    if (depth < 0) return false;
  }
  return depth == 0;
}

// An open parenthesis would swallow the declarations after it; url() would fetch.
bool is_color(std::string_view text) {
  return has_length(text, 1, 100) && !trimmed(text).empty() && consists_of(text, "#(),.% ") &&
         has_balanced_parentheses(text) && lower(text).find("url(") == std::string::npos;
}

bool is_color_or_none(std::string_view text) {
  return text.empty() || is_color(text);
}

bool is_property(std::string_view text) {
  return has_length(text, 1, 50) && is_letter(text[0]) && consists_of(text, "-");
}

bool is_timezone(std::string_view text) {
  return has_length(text, 1, 64) && is_letter(text[0]) && consists_of(text, "/_+-");
}

// Hop-by-hop headers (RFC 9110, 7.6.1) and those that the platform sets from the URL and the body.
bool is_refused_header(std::string_view lower_name) {
  static constexpr std::string_view kRefused[] = {"connection",
                                                  "keep-alive",
                                                  "proxy-authenticate",
                                                  "proxy-authorization",
                                                  "proxy-connection",
                                                  "te",
                                                  "trailer",
                                                  "upgrade",
                                                  "transfer-encoding",
                                                  "content-length",
                                                  "host"};
  return std::find(std::begin(kRefused), std::end(kRefused), lower_name) != std::end(kRefused);
}

bool is_header_name(std::string_view text) {
  return has_length(text, 1, 100) && consists_of(text, "!#$%&'*+-.^_`|~") && !is_refused_header(lower(text));
}

bool is_header_value(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return c >= 0x20 && c < 0x7f; });
}

bool is_address(std::string_view text) {
  const size_t at = text.rfind('@');
  return is_line(text) && at != std::string_view::npos && at > 0 && at + 1 < text.size();
}

std::string_view reason_against_link(std::string_view url) {
  if (!starts_with_any_case(url, "http://")) return {};
  return "the page comes by https, and browsers load nothing into it that comes by http";
}

std::string_view reason_against_origin(std::string_view text) {
  if (text != "*") return {};
  return "with * every page that somebody visits could read the answers, so each origin is named";
}

}  // namespace

constinit const TextRule kText{anything, "text"};
constinit const TextRule kLine{is_line, "one line of text"};
constinit const TextRule kName{is_name, "one line of text that is not empty"};
constinit const TextRule kId{is_id, "an id: 1 to 100 characters out of A-Z a-z 0-9 . _ : -"};
constinit const TextRule kLink{is_link, kLinkText, reason_against_link};
constinit const TextRule kLinkOrNone{is_link_or_none, kLinkText, reason_against_link};
constinit const TextRule kWebUrl{is_web_url, kWebUrlText};
constinit const TextRule kWebUrlOrNone{is_web_url_or_none, kWebUrlText};
constinit const TextRule kOrigin{
    is_origin, "an origin in small letters without a path, as in https://status.example.com",
    reason_against_origin};
constinit const TextRule kColor{is_color, kColorText};
constinit const TextRule kColorOrNone{is_color_or_none, kColorText};
constinit const TextRule kProperty{is_property, "a letter, then up to 49 letters, digits and dashes"};
constinit const TextRule kTimezone{is_timezone, "the IANA name of a time zone, as in Europe/Berlin"};
constinit const TextRule kHeaderName{
    is_header_name, "the name of a request header; Host, Content-Length and hop-by-hop ones are refused"};
constinit const TextRule kHeaderValue{is_header_value, "one line of ASCII text"};
constinit const TextRule kAddress{is_address, "an e-mail address"};

bool is_https(std::string_view url) {
  return is_web_url(url) && starts_with_any_case(url, "https://");
}

}  // namespace hb
