#include "channels/pushover.hpp"

#include "message/message_template.hpp"
#include "message/wording.hpp"
#include "text/json.hpp"
#include "text/utf8.hpp"

namespace hb {
namespace {

// https://pushover.net/api#limits
constexpr size_t kPushoverTitle = 250;
constexpr size_t kMessage = 1024;
constexpr size_t kUrl = 512;

// High for what is down, low for what is only for information. It is not for a monitor to declare emergencies, which
// have to be acknowledged.
int priority(const Message& message) {
  if (is_recovery(message) || message.kind == MessageKind::test) return 0;
  switch (tone(message)) {
    case Tone::bad:
      return 1;
    case Tone::info:
      return -1;
    default:
      return 0;
  }
}

struct Words {
  std::string title{};
  std::string message{};
};

Words usual_words(const DeliveryAttempt& attempt) {
  std::string text = body_text(attempt.message);
  for (const Fact& fact : facts(attempt)) {
    if (!text.empty()) text += '\n';
    text += fact.name + ": " + fact.value;
  }
  return {.title = std::string(emoji(tone(attempt.message))) + " " + headline(attempt.message),
          .message = text};
}

Words words_of(const DeliveryAttempt& attempt) {
  if (attempt.options.form == Form::plain)
    return {.title = headline(attempt.message), .message = plain_text(attempt.message, kMessage / 2)};
  Words words = usual_words(attempt);
  const TemplateTexts* texts = template_for(attempt);
  if (texts == nullptr) return words;
  const Variables variables(attempt);
  const std::string_view title = template_text(*texts, "title");
  const std::string_view message = template_text(*texts, "message");
  if (!title.empty()) words.title = variables.truncated(title, nullptr, kPushoverTitle);
  if (!message.empty()) words.message = variables.truncated(message, nullptr, kMessage);
  return words;
}

}  // namespace

Send pushover(const DeliveryAttempt& attempt) {
  const Words words = words_of(attempt);
  const std::string& url = attempt.config.settings.monitoring.public_url;
  const bool has_url = !url.empty() && url.size() <= kUrl;
  const auto seconds = std::chrono::floor<std::chrono::seconds>(attempt.message.timestamp).time_since_epoch();
  FormBody form;
  form.add("token", attempt.credential("APITOKEN"));
  form.add("user", attempt.credential("USERKEY"));
  form.add("title", shortened(one_line(words.title), kPushoverTitle));
  form.add("message", shortened(words.message, kMessage));
  form.add("priority", std::to_string(priority(attempt.message)));
  form.add("timestamp", std::to_string(seconds.count()));
  form.add("url", has_url ? url : "");
  form.add("url_title", has_url ? "Dashboard" : "");
  return form_send("https://api.pushover.net/1/messages.json", form);
}

Meaning pushover_meaning(const Channel&, const Answer& answer, const Json* json) {
  if (json == nullptr || answer.status >= 500) return {.status = answer.status};
  Meaning out{.status = is_good(answer) && integer_member(*json, "status") == 0 ? 400 : answer.status};
  const auto is_wrong = [&](std::string_view name) { return string_member(*json, name) == "invalid"; };
  if (out.status == 400 && (is_wrong("user") || is_wrong("token"))) out.result = DeliveryResult::broken;
  return out;
}

}  // namespace hb
