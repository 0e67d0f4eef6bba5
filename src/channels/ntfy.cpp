#include "channels/ntfy.hpp"

#include "channels/title_and_message.hpp"

namespace hb {
namespace {

// https://docs.ntfy.sh/publish/#limitations: 4,096 bytes, and a unit has at most three.
constexpr TextRules kNtfy{.title = 200, .message = 1'300};

}  // namespace

Send ntfy(const DeliveryAttempt& attempt) {
  static constexpr int kPriorities[] = {5, 4, 3, 2};
  // The topic is the last part of the address, and stands in the body.
  const std::string_view url = without_slashes_behind(attempt.credential("URL"));
  const size_t slash = url.rfind('/');
  const TitleAndMessage words = title_and_message(attempt, kNtfy);
  JsonWriter json;
  json.begin_object().member("topic", url.substr(slash + 1)).member("title", words.title);
  json.member("message", words.message).member("priority", of_tone(tone(attempt.message), kPriorities));
  if (!dashboard_url(attempt).empty()) json.member("click", dashboard_url(attempt));
  json.end_object();
  Send send = json_send(std::string(url.substr(0, slash + 1)), json);
  const std::string_view token = attempt.credential("TOKEN");
  if (!token.empty()) add_bearer(send, token);
  return send;
}

}  // namespace hb
