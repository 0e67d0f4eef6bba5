#include "api/authorization.hpp"

#include <algorithm>

#include "config/secrets.hpp"
#include "text/ascii.hpp"

namespace hb {
namespace {

const Error kWrongKey{401, "Invalid API key"};
constexpr std::string_view kBearer = "Authorization: Bearer KEY";
constexpr std::string_view kBearerOrBasic = "Authorization: Bearer KEY, or as the password of Basic";
constexpr size_t kLongestScheme = 20;

bool is_word(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return (c | 0x20) >= 'a' && (c | 0x20) <= 'z'; });
}

// The scheme, where there is one; a header of one word may be the key itself, which is not repeated.
std::string_view scheme_of(std::string_view authorization) {
  const std::string_view text = trimmed(authorization);
  const std::string_view scheme = text.substr(0, text.find_first_of(" \t"));
  const bool is_scheme = scheme.size() < text.size() && scheme.size() <= kLongestScheme && is_word(scheme);
  return is_scheme ? scheme : std::string_view();
}

Error without_key(std::string_view authorization, std::string_view form) {
  const std::string_view text = trimmed(authorization);
  const std::string how = "; send it as " + std::string(form);
  const std::string_view scheme = scheme_of(text);
  const bool is_known = lower(form).find(lower(scheme.empty() ? text : scheme)) != form.npos;
  if (is_known) return {401, "No key was sent" + how};
  if (scheme.empty()) return {401, "No key was sent, because the header Authorization has no scheme" + how};
  return {401, "No key was sent, because the scheme of Authorization is " + std::string(scheme) + how};
}

bool is_the_key(const Context& context, std::string_view key) {
  return equal_in_constant_time(key, context.config.secrets.alert_api_key);
}

// `sent` are the keys that were sent, as far as they are not empty.
std::optional<Error> refusal(const Context& context, std::initializer_list<std::string_view> sent,
                             std::string_view form) {
  if (context.config.secrets.alert_api_key.empty()) {
    return Error{503,
                 "This needs the secret ALERT_API_KEY; set it with: npx wrangler secret put ALERT_API_KEY"};
  }
  const auto is_right = [&](std::string_view key) { return is_the_key(context, key); };
  if (std::any_of(sent.begin(), sent.end(), is_right)) return std::nullopt;
  const auto is_empty = [](std::string_view key) { return key.empty(); };
  const bool is_none = std::all_of(sent.begin(), sent.end(), is_empty);
  return is_none ? without_key(context.request().authorization, form) : kWrongKey;
}

}  // namespace

Error no_key(std::string_view authorization) {
  return without_key(authorization, kBearer);
}

bool sees_metadata(const Context& context) {
  if (context.request().decided) return context.request().decided->sees_metadata;
  return context.config.settings.api.public_log_metadata ||
         is_the_key(context, bearer(context.request().authorization));
}

bool has_alert_key(const Context& context) {
  if (context.request().decided) return context.request().decided->has_key;
  return is_the_key(context, bearer(context.request().authorization));
}

std::optional<Error> require_alert_key(const Context& context) {
  return refusal(context, {bearer(context.request().authorization)}, kBearer);
}

std::optional<Error> require_alert_key_or_password(const Context& context) {
  const std::string password = basic_password(context.request().authorization);
  return refusal(context, {bearer(context.request().authorization), password}, kBearerOrBasic);
}

std::optional<Error> reject_wrong_key(const Context& context) {
  const std::string_view key = bearer(context.request().authorization);
  return key.empty() || is_the_key(context, key) ? std::nullopt : std::optional(kWrongKey);
}

}  // namespace hb
