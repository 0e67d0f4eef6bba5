// Requests read and replies made, the same for all routes.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "event/event.hpp"

namespace hb {

// What is wrong and whose fault it is: 4xx theirs, 5xx ours. The sentence says what to change.
struct Error {
  int status = 400;
  std::string text{};

  bool operator==(const Error&) const = default;
};

Reply json_reply(int status, std::string body);
Reply reply_of(const Error& error);

// 503, to be asked again after `seconds`.
Reply unavailable(std::string_view text, int seconds);

// The headers of every answer, whoever asks.
void add_common_headers(Reply& reply);

Done outcome_of(Reply reply);
Done outcome_of(const Error& error);

// %XX and, in a query, + for a blank. The text is made valid UTF-8; a % that starts no escape stays.
std::string decoded_path(std::string_view text);

// The parameters of a query, decoded.
class Query {
 public:
  explicit Query(std::string_view text);

  std::optional<std::string> text(std::string_view name) const;  // the first of that name
  std::vector<std::string> all(std::string_view name) const;

  // A whole number within [low, high], else an error that names the parameter and its bounds.
  std::variant<int64_t, Error> number(std::string_view name, int64_t low, int64_t high,
                                      int64_t otherwise) const;
  // The same for a number that may have a fraction.
  std::variant<double, Error> fraction(std::string_view name, double low, double high,
                                       double otherwise) const;
  // Absent when not given, else an instant, else an error that names the parameter.
  std::variant<std::optional<Time>, Error> time(std::string_view name) const;

 private:
  std::vector<std::pair<std::string, std::string>> parameters_{};
};

}  // namespace hb
