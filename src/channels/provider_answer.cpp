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

template <class T, size_t kCount>
bool is_among(const T& value, const std::array<T, kCount>& list) {
  return std::find(list.begin(), list.end(), value) != list.end();
}

std::string text_of(const Json& json, std::string_view name) {
  return string_member(json, name).value_or("");
}

// The first text among the members in which providers explain themselves.
std::string explanation(const Json& json) {
  for (const char* name : {"description", "message", "detail", "error", "error_description", "errors"}) {
    const Json* found = member(json, name);
    if (found == nullptr || found->is_null() || found->is_boolean()) continue;
    if (const auto text = as_string(*found); text && !text->empty()) return *text;
    if (std::string inner = text_of(*found, "message"); !inner.empty()) return inner;
    for (const Json& element : elements(*found)) {
      if (const auto text = as_string(element)) return *text;
    }
  }
  return {};
}

// The errors beside a message that is too general: PagerDuty's.
std::string with_first_error(std::string text, const Json& json) {
  const Json* errors = member(json, "errors");
  if (errors == nullptr || elements(*errors).empty()) return text;
  const std::string first = as_string(elements(*errors).front()).value_or("");
  return first.empty() || first == text ? text : text + ": " + first;
}

// What was answered, as far as it can be understood.
struct ParsedReply {
  Meaning meaning{};
  std::string words{};
  std::optional<Millis> wait{};
};

std::optional<Millis> seconds_member(const Json* json, std::string_view name) {
  const Json* found = json == nullptr ? nullptr : member(*json, name);
  const auto seconds = found == nullptr ? std::nullopt : as_number(*found);
  if (!seconds || !(*seconds >= 0)) return std::nullopt;
  return Millis{static_cast<int64_t>(std::ceil(std::min(*seconds, 86'400.0) * 1000))};
}

// In the body when there is one: Discord's in seconds, Telegram's among its parameters.
std::optional<Millis> wait_in(const Json& json) {
  if (const auto wait = seconds_member(&json, "retry_after")) return wait;
  return seconds_member(member(json, "parameters"), "retry_after");
}

Meaning meaning_of(const Channel& channel, const Answer& answer, const std::optional<Json>& json) {
  const Provider* provider = provider_of(channel);
  if (provider == nullptr || provider->meaning == nullptr) return {.status = answer.status};
  return provider->meaning(channel, answer, json ? &*json : nullptr);
}

ParsedReply read(const Channel& channel, const Answer& answer) {
  const std::string_view body = trimmed(answer.body);
  const std::optional<Json> json = parse_json(body);
  ParsedReply out{.meaning = meaning_of(channel, answer, json)};
  if (json && json->is_object()) {
    out.words = with_first_error(explanation(*json), *json);
    out.wait = wait_in(*json);
  } else if (!body.starts_with('<')) {
    out.words = body;
  }
  return out;
}

DeliveryResult result_of(int status) {
  static constexpr std::array kLater = {408, 421, 423, 425, 429};
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

std::string words_of(std::string_view error) {
  if (error == "TimeoutError" || error == "AbortError") return "no answer within 10 s";
  if (error == "E_NO_BINDING") return "wrangler.toml has no send_email binding";
  if (error.starts_with("E_")) return std::string(error);
  return "the connection failed";
}

std::string words_of(int status, std::string_view words) {
  std::string out = "HTTP " + std::to_string(status);
  if (status >= 300 && status < 400) return out + ": redirects are not followed";
  if (!words.empty()) (out += ": ") += words;
  return out;
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
  if (answer.status == kNoStatus) {
    const std::string words = redacted(config.secrets, words_of(answer.error), kWords);
    return {.result = result_of(answer.error), .words = words};
  }
  const ParsedReply reply = read(channel, answer);
  const auto& [status, own] = reply.meaning;
  const DeliveryResult result = own.value_or(result_of(status));
  if (result == DeliveryResult::accepted) return {};
  Received out{.result = result, .words = redacted(config.secrets, words_of(status, reply.words), kWords)};
  if (result != DeliveryResult::later) return out;
  const auto asked = wait_of(answer.retry_after, now);
  out.not_before = not_before(asked ? asked : reply.wait, now);
  return out;
}

}  // namespace hb
