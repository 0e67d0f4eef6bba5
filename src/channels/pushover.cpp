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

// High for what is down, low for what is only news. It is not for a monitor to declare emergencies, which
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

Words usual_words(const Telling& telling) {
  std::string text = body_text(telling.message);
  for (const Fact& fact : facts(telling)) {
    if (!text.empty()) text += '\n';
    text += fact.name + ": " + fact.value;
  }
  return {.title = std::string(emoji(tone(telling.message))) + " " + headline(telling.message),
          .message = text};
}

Words words_of(const Telling& telling) {
  if (telling.attempt.form == Form::plain)
    return {.title = headline(telling.message), .message = plain_text(telling.message, kMessage / 2)};
  Words words = usual_words(telling);
  const TemplateTexts* texts = template_for(telling);
  if (texts == nullptr) return words;
  const Variables variables(telling);
  const std::string_view title = template_text(*texts, "title");
  const std::string_view message = template_text(*texts, "message");
  if (!title.empty()) words.title = variables.fitted(title, nullptr, kPushoverTitle);
  if (!message.empty()) words.message = variables.fitted(message, nullptr, kMessage);
  return words;
}

}  // namespace

Send pushover(const Telling& telling) {
  const Words words = words_of(telling);
  const std::string& url = telling.config.settings.monitoring.public_url;
  const bool has_url = !url.empty() && url.size() <= kUrl;
  const auto seconds = std::chrono::floor<std::chrono::seconds>(telling.message.timestamp).time_since_epoch();
  FormBody form;
  form.add("token", telling.credential("APITOKEN"));
  form.add("user", telling.credential("USERKEY"));
  form.add("title", shortened(one_line(words.title), kPushoverTitle));
  form.add("message", shortened(words.message, kMessage));
  form.add("priority", std::to_string(priority(telling.message)));
  form.add("timestamp", std::to_string(seconds.count()));
  form.add("url", has_url ? url : "");
  form.add("url_title", has_url ? "Dashboard" : "");
  return form_send("https://api.pushover.net/1/messages.json", form);
}

Meaning pushover_meaning(const Channel&, const Answer& answer, const Json* json) {
  const bool is_refused = is_good(answer) && json != nullptr && integer_member(*json, "status") == 0;
  return {.status = is_refused ? 400 : answer.status};
}

}  // namespace hb
