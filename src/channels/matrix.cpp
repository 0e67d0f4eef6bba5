#include "channels/matrix.hpp"

#include "channels/title_and_message.hpp"
#include "text/html.hpp"

namespace hb {
namespace {

// An event may have 64 kB, https://spec.matrix.org/latest/client-server-api/#size-limits; this is far below, twice.
constexpr TextRules kMatrix{.title = 250, .message = 4'000};

// https://spec.matrix.org/latest/client-server-api/#mroommessage-msgtypes
std::string matrix_html(const DeliveryAttempt& attempt, const TitleAndMessage& words) {
  std::string out = "<b>";
  append_html(out, words.title);
  out += "</b><br>";
  std::string text;
  append_html(text, words.message);
  for (const char c : text) {
    if (c == '\n') {
      out += "<br>";
    } else {
      out += c;
    }
  }
  if (dashboard_url(attempt).empty()) return out;
  out += "<br><a href=\"";
  append_html(out, dashboard_url(attempt));
  return out + "\">Dashboard</a>";
}

}  // namespace

Send matrix(const DeliveryAttempt& attempt) {
  const bool is_plain = attempt.options.form == Form::plain;
  const TitleAndMessage words = title_and_message(attempt, kMatrix);
  JsonWriter json;
  json.begin_object().member("msgtype", "m.text");
  json.member("body", is_plain ? words.message : words.title + "\n" + words.message);
  if (!is_plain)
    json.member("format", "org.matrix.custom.html").member("formatted_body", matrix_html(attempt, words));
  json.key("m.mentions").begin_object().end_object().end_object();  // nobody
  // The same transaction is taken once.
  const std::string transaction = message_id(attempt.message) + (is_plain ? "_plain" : "");
  Send send =
      json_send(joined(attempt.credential("URL"), "_matrix/client/v3/rooms/") +
                    percent_encoded(attempt.credential("ROOMID")) + "/send/m.room.message/" + transaction,
                json);
  send.method = "PUT";
  add_bearer(send, attempt.credential("ACCESSTOKEN"));
  return send;
}

}  // namespace hb
