#include "channels/provider_answer.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

#include "channels/providers.hpp"
#include "message/redaction.hpp"
#include "text/ascii.hpp"
#include "text/json.hpp"

namespace hb {
namespace {

constexpr size_t kWords = 200;
constexpr Millis kLongestWait = 1h;
constexpr int kNoStatus = 0;
const std::string kBehindStatus = ": ";

template <class T, size_t kCount>
bool is_among(const T& value, const std::array<T, kCount>& list) {
  return std::find(list.begin(), list.end(), value) != list.end();
}

// A text, or the first of a list of them.
std::string first_text(const Json& json) {
  if (const auto text = as_string(json)) return *text;
  const Json::array_t& list = elements(json);
  if (list.empty()) return {};
  return as_string(list.front()).value_or(string_member(list.front(), "message").value_or(""));
}

// What the provider says of the message, in the place where it documents that.
std::string explanation(const Provider& provider, std::string_view body, const Json* json) {
  if (provider.explains == kWholeBody) return json == nullptr ? std::string(body) : std::string();
  const size_t dot = provider.explains.find('.');
  const Json* found = json == nullptr ? nullptr : member(*json, provider.explains.substr(0, dot));
  if (found != nullptr && dot != provider.explains.npos)
    found = member(*found, provider.explains.substr(dot + 1));
  return found == nullptr ? std::string() : first_text(*found);
}

bool is_about_credentials(const Provider& provider, std::string_view words) {
  const std::string small = lower(words);
  return std::any_of(provider.wrong_credentials.begin(), provider.wrong_credentials.end(),
                     [&](std::string_view part) { return small.find(part) != small.npos; });
}

// What was answered, as far as it can be understood.
struct ParsedReply {
  Meaning meaning{};
  std::string words{};
  std::optional<Millis> wait{};
  bool is_about_credentials = false;
};

std::optional<Millis> seconds_member(const Json* json, std::string_view name) {
  const Json* found = json == nullptr ? nullptr : member(*json, name);
  const auto seconds = found == nullptr ? std::nullopt : as_number(*found);
  if (!seconds || !(*seconds >= 0)) return std::nullopt;
  return Millis{static_cast<int64_t>(std::ceil(std::min(*seconds, 86'400.0) * 1000))};
}

// In the body when there is one: Discord's and Zulip's in seconds, Matrix's in ms, Telegram's among its parameters.
std::optional<Millis> wait_in(const Json& json) {
  for (const char* name : {"retry_after", "retry-after"}) {
    if (const auto wait = seconds_member(&json, name)) return wait;
  }
  if (const auto ms = integer_member(json, "retry_after_ms")) return Millis{std::max<int64_t>(*ms, 0)};
  return seconds_member(member(json, "parameters"), "retry_after");
}

ParsedReply parsed(const Channel& channel, const Answer& answer) {
  const Provider* provider = provider_of(channel);
  if (provider == nullptr) return {.meaning = {.status = answer.status}};
  const std::string_view body = trimmed(answer.body);
  const std::optional<Json> json = parse_json(body);
  const Json* object = json ? &*json : nullptr;
  ParsedReply out{.meaning = {.status = answer.status}, .words = explanation(*provider, body, object)};
  if (provider->meaning != nullptr) out.meaning = provider->meaning(channel, answer, object);
  if (object != nullptr) out.wait = wait_in(*object);
  out.is_about_credentials = is_about_credentials(*provider, out.words);
  return out;
}

DeliveryResult result_of(int status) {
  static constexpr std::array kLater = {408, 421, 423, 424, 425, 429};
  static constexpr std::array kBroken = {401, 402, 403, 404, 405, 407, 410, 451};
  if (status >= 200 && status < 300) return DeliveryResult::accepted;
  if (status >= 500 || status < 200 || is_among(status, kLater)) return DeliveryResult::later;
  if (status < 400 || is_among(status, kBroken)) return DeliveryResult::broken;
  return DeliveryResult::refused;
}

// Codes of Cloudflare's e-mail binding:
// https://developers.cloudflare.com/email-service/api/send-emails/workers-api/#error-codes
DeliveryResult result_of(std::string_view error) {
  static constexpr std::array<std::string_view, 4> kLater = {
      "E_RATE_LIMIT_EXCEEDED", "E_DAILY_LIMIT_EXCEEDED", "E_INTERNAL_SERVER_ERROR", "E_DELIVERY_FAILED"};
  static constexpr std::array<std::string_view, 6> kBroken = {
      "E_SENDER_NOT_VERIFIED",  "E_SENDER_DOMAIN_NOT_AVAILABLE", "E_RECIPIENT_NOT_ALLOWED",
      "E_RECIPIENT_SUPPRESSED", "E_TOO_MANY_RECIPIENTS",         "E_NO_BINDING"};
  if (!error.starts_with("E_") || is_among(error, kLater)) return DeliveryResult::later;
  return is_among(error, kBroken) ? DeliveryResult::broken : DeliveryResult::refused;
}

// The platform's own codes, such as E_VALIDATION_ERROR.
bool is_code(std::string_view error) {
  return error.starts_with("E_") && error.size() <= 40 &&
         std::all_of(error.begin(), error.end(), [](char c) { return c == '_' || (c >= 'A' && c <= 'Z'); });
}

std::string words_of(std::string_view error) {
  if (error == "TimeoutError" || error == "AbortError") return "no answer within 10 s";
  if (error == "E_NO_BINDING") return "wrangler.toml has no send_email binding";
  return is_code(error) ? std::string(error) : "the connection failed";
}

// A redirect is explained by us, most else by the provider.
std::string words_of(const Config& config, const ParsedReply& reply) {
  const auto& [status, result, own] = reply.meaning;
  const std::string out = "HTTP " + std::to_string(status);
  if (status >= 300 && status < 400) return out + kBehindStatus + "redirects are not followed";
  if (!own.empty()) return out + kBehindStatus + own;
  const std::string_view words = reply.words.starts_with('<') ? std::string_view() : reply.words;
  const std::string shown = redacted(config.secrets, words, kWords - out.size() - kBehindStatus.size());
  return shown.empty() ? out : out + kBehindStatus + shown;
}

std::optional<Time> not_before(const std::optional<Millis>& wait, Time now) {
  if (!wait) return std::nullopt;
  return now + std::clamp(*wait, Millis{0}, kLongestWait);
}

// The months of RFC 9110, 5.6.7.
int month_named(std::string_view name) {
  static constexpr std::string_view kMonths = "JanFebMarAprMayJunJulAugSepOctNovDec";
  const size_t at = name.size() == 3 ? kMonths.find(name) : kMonths.npos;
  return at == kMonths.npos || at % 3 != 0 ? 0 : static_cast<int>(at / 3) + 1;
}

// "Sun, 22 Nov 2026 06:00:00 GMT", by way of the form in which all other times come.
std::optional<Time> http_date(std::string_view text) {
  if (text.size() != 29 || !text.ends_with(" GMT")) return std::nullopt;
  const int month = month_named(text.substr(8, 3));
  std::string form(text.substr(12, 4));
  ((form += month < 10 ? "-0" : "-") += std::to_string(month) + "-") += text.substr(5, 2);
  return parse_time((form += "T") += text.substr(17, 8));
}

}  // namespace

bool is_good(const Answer& answer) {
  return answer.status >= 200 && answer.status < 300;
}

bool says_no(const Json& json, std::string_view name) {
  const Json* found = member(json, name);
  return found != nullptr && as_bool(*found) == false;
}

std::optional<Millis> wait_of(std::string_view retry_after, Time now) {
  retry_after = trimmed(retry_after);
  int64_t seconds = 0;
  const char* end = retry_after.data() + retry_after.size();
  const auto [rest, error] = std::from_chars(retry_after.data(), end, seconds);
  const bool is_number = error == std::errc{} && (rest == end || *rest == '.');
  if (is_number && seconds >= 0)
    return std::chrono::seconds{std::min<int64_t>(seconds, 86'400) + (rest != end)};
  if (const auto date = http_date(retry_after)) return std::max(*date - now, Millis{0});
  return std::nullopt;
}

Received received(const Config& config, const Channel& channel, const Answer& answer, Time now) {
  if (answer.status == kNoStatus) return {.result = result_of(answer.error), .words = words_of(answer.error)};
  const ParsedReply reply = parsed(channel, answer);
  const int status = reply.meaning.status;
  DeliveryResult result = reply.meaning.result.value_or(result_of(status));
  if (result == DeliveryResult::refused && reply.is_about_credentials) result = DeliveryResult::broken;
  if (result == DeliveryResult::accepted) return {};
  Received out{.result = result, .words = words_of(config, reply)};
  if (result != DeliveryResult::later) return out;
  const auto asked = wait_of(answer.retry_after, now);
  out.not_before = not_before(asked ? asked : reply.wait, now);
  return out;
}

std::string without_the_providers_words(std::string_view words) {
  return std::string(words.starts_with("HTTP ") ? words.substr(0, words.find(kBehindStatus)) : words);
}

}  // namespace hb
