#include "channels/gotify.hpp"

#include "channels/title_and_message.hpp"

namespace hb {
namespace {

// Gotify documents no limits; these are what a phone shows.
constexpr TextRules kGotify{.title = 250, .message = 4'000};

}  // namespace

Send gotify(const DeliveryAttempt& attempt) {
  static constexpr int kPriorities[] = {8, 5, 4, 2};
  const TitleAndMessage words = title_and_message(attempt, kGotify);
  JsonWriter json;
  json.begin_object().member("title", words.title).member("message", words.message);
  json.member("priority", of_tone(tone(attempt.message), kPriorities));
  if (!dashboard_url(attempt).empty()) {
    // https://gotify.net/docs/msgextras#clientnotification
    json.key("extras").begin_object().key("client::notification").begin_object();
    json.key("click")
        .begin_object()
        .member("url", dashboard_url(attempt))
        .end_object()
        .end_object()
        .end_object();
  }
  json.end_object();
  Send send = json_send(joined(attempt.credential("URL"), "message"), json);
  send.headers.emplace_back("X-Gotify-Key", attempt.credential("APPTOKEN"));
  return send;
}

}  // namespace hb
