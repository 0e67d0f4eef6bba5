#include "channels/zulip.hpp"

#include "channels/markup.hpp"
#include "channels/title_and_message.hpp"
#include "text/utf8.hpp"

namespace hb {
namespace {

// https://zulip.com/api/send-message: 60 characters of a topic, 10,000 bytes of a message. A unit has up to three bytes.
constexpr size_t kTopic = 60;
constexpr TextRules kZulip{.title = 200, .message = 10'000 / 3, .escape = append_markdown, .bold = "**"};

std::string topic(const DeliveryAttempt& attempt) {
  const std::string& name = attempt.message.service_name;
  for (const std::string* text : {&attempt.channel.topic, &name, &attempt.message.source}) {
    const std::string line = one_line(*text);
    if (!line.empty()) return shortened(line, kTopic);
  }
  return "Heartbeat monitor";
}

}  // namespace

Send zulip(const DeliveryAttempt& attempt) {
  FormBody form;
  form.add("type", "stream");
  form.add("to", attempt.channel.stream);
  form.add("topic", topic(attempt));
  form.add("content", whole_text(attempt, kZulip));
  Send send = form_send(joined(attempt.credential("URL"), "api/v1/messages"), form);
  add_basic(send, attempt.credential("BOTEMAIL"), attempt.credential("APIKEY"));
  return send;
}

}  // namespace hb
