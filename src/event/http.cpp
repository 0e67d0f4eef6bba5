#include "event/http.hpp"

#include <algorithm>
#include <charconv>

#include "text/json.hpp"
#include "text/json_writer.hpp"
#include "text/utf8.hpp"

namespace hb {
namespace {

int hex(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

std::string decoded(std::string_view text, char blank) {
  std::string out;
  for (size_t i = 0; i < text.size(); ++i) {
    const bool escaped =
        text[i] == '%' && i + 2 < text.size() && hex(text[i + 1]) >= 0 && hex(text[i + 2]) >= 0;
    if (escaped) {
      out += static_cast<char>(hex(text[i + 1]) * 16 + hex(text[i + 2]));
      i += 2;
    } else {
      out += text[i] == blank ? ' ' : text[i];
    }
  }
  return valid_utf8(out);
}

std::optional<int64_t> whole_number(std::string_view text) {
  int64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return number;
}

}  // namespace

Reply json_reply(int status, std::string body) {
  return {status, {{"Content-Type", "application/json; charset=utf-8"}}, std::move(body)};
}

Reply reply_of(const Error& error) {
  return json_reply(error.status,
                    JsonWriter().begin_object().member("error", error.text).end_object().take());
}

Reply unavailable(std::string_view text, int seconds) {
  Reply reply = reply_of({503, std::string(text)});
  reply.headers.emplace_back("Retry-After", std::to_string(seconds));
  return reply;
}

void add_common_headers(Reply& reply) {
  reply.headers.emplace_back("X-Content-Type-Options", "nosniff");
  reply.headers.emplace_back("Referrer-Policy", "no-referrer");
  const bool is_cacheable = std::any_of(reply.headers.begin(), reply.headers.end(),
                                        [](const auto& header) { return header.first == "Cache-Control"; });
  if (!is_cacheable) reply.headers.emplace_back("Cache-Control", "no-store");
}

Done outcome_of(Reply reply) {
  return {.reply = std::move(reply)};
}

Done outcome_of(const Error& error) {
  return outcome_of(reply_of(error));
}

std::string decoded_path(std::string_view text) {
  return decoded(text, ' ');
}

Query::Query(std::string_view text) {
  while (!text.empty()) {
    const std::string_view pair = text.substr(0, text.find('&'));
    const size_t equals = std::min(pair.find('='), pair.size());
    const std::string_view value = pair.substr(std::min(equals + 1, pair.size()));
    if (!pair.empty()) parameters_.emplace_back(decoded(pair.substr(0, equals), '+'), decoded(value, '+'));
    text.remove_prefix(std::min(pair.size() + 1, text.size()));
  }
}

std::optional<std::string> Query::text(std::string_view name) const {
  for (const auto& [key, value] : parameters_) {
    if (key == name) return value;
  }
  return std::nullopt;
}

std::vector<std::string> Query::all(std::string_view name) const {
  std::vector<std::string> values;
  for (const auto& [key, value] : parameters_) {
    if (key == name) values.push_back(value);
  }
  return values;
}

std::variant<int64_t, Error> Query::number(std::string_view name, int64_t low, int64_t high,
                                           int64_t otherwise) const {
  const auto given = text(name);
  if (!given) return otherwise;
  const auto number = whole_number(*given);
  if (number && *number >= low && *number <= high) return *number;
  return Error{400, std::string(name) + " must be a whole number from " + std::to_string(low) + " to " +
                        std::to_string(high)};
}

std::variant<double, Error> Query::fraction(std::string_view name, double low, double high,
                                            double otherwise) const {
  const auto given = text(name);
  if (!given) return otherwise;
  const auto json = parse_json(*given);
  const auto number = json ? as_number(*json) : std::nullopt;
  if (number && *number >= low && *number <= high) return *number;
  return Error{400, std::string(name) + " must be a number from " + std::to_string(static_cast<int>(low)) +
                        " to " + std::to_string(static_cast<int>(high))};
}

std::variant<std::optional<Time>, Error> Query::time(std::string_view name) const {
  const auto given = text(name);
  if (!given) return std::nullopt;
  const auto time = parse_time(*given);
  if (time) return time;
  return Error{400, std::string(name) + " must be a time such as 2026-11-22T06:00:00Z"};
}

}  // namespace hb
