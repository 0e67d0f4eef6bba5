#include "channels/title_and_message.hpp"

#include "message/message_template.hpp"
#include "text/utf8.hpp"

namespace hb {
namespace {

std::string usual_title(const Message& message) {
  return std::string(emoji(tone(message))) + " " + headline(message);
}

std::string usual_message(std::string_view body, const std::vector<Fact>& all, const TextRules& rules,
                          size_t cap) {
  std::string out = escaped(body, rules.escape, cap);
  for (const Fact& fact : all) {
    if (!out.empty()) out += '\n';
    ((((out += rules.bold) += escaped(fact.name, rules.escape, cap)) += ':') += rules.bold) += ' ';
    out += escaped(fact.value, rules.escape, cap);
  }
  return out;
}

TitleAndMessage usual(const DeliveryAttempt& attempt, const TextRules& rules) {
  const std::vector<Fact> all = facts(attempt);
  const std::string body = body_text(attempt.message);
  return {.title = usual_title(attempt.message), .message = truncated(rules.message, [&](size_t cap) {
                                                   return usual_message(body, all, rules, cap);
                                                 })};
}

void fill(TitleAndMessage& words, const DeliveryAttempt& attempt, const TextRules& rules) {
  const TemplateTexts* texts = template_for(attempt);
  if (texts == nullptr) return;
  const Variables variables(attempt);
  const std::string_view title = template_text(*texts, "title");
  const std::string_view message = template_text(*texts, "message");
  if (!title.empty()) words.title = variables.truncated(title, nullptr, rules.title);
  if (message.empty()) return;
  const std::string filled = variables.truncated(message, rules.escape, rules.message);
  words.message = first_characters(filled, rules.message);
}

}  // namespace

TitleAndMessage title_and_message(const DeliveryAttempt& attempt, const TextRules& rules) {
  TitleAndMessage out;
  if (attempt.options.form == Form::plain) {
    out = {.title = headline(attempt.message),
           .message = escaped(plain_text(attempt.message, rules.message / 2), rules.escape, rules.message)};
  } else {
    out = usual(attempt, rules);
    fill(out, attempt, rules);
  }
  out.title = shortened(one_line(out.title), rules.title);
  if (out.title.empty()) out.title = shortened(headline(attempt.message), rules.title);
  if (out.message.empty()) out.message = escaped(headline(attempt.message), rules.escape, rules.message);
  return out;
}

std::string whole_text(const DeliveryAttempt& attempt, const TextRules& rules) {
  if (attempt.options.form == Form::plain) return title_and_message(attempt, rules).message;
  TextRules rest = rules;
  const std::string title = escaped(title_and_message(attempt, rules).title, rules.escape, rules.title);
  const std::string head = std::string(rules.bold) + title + std::string(rules.bold);
  rest.message = rules.message - units(head) - 1;
  return head + "\n" + title_and_message(attempt, rest).message;
}

const std::string& dashboard_url(const DeliveryAttempt& attempt) {
  return attempt.config.settings.monitoring.public_url;
}

void print_facts(JsonWriter& json, const DeliveryAttempt& attempt) {
  json.begin_object();
  for (const auto& [name, value] : facts(attempt)) json.member(name, value);
  json.end_object();
}

std::string joined(std::string_view address, std::string_view path) {
  return std::string(without_slashes_behind(address)) + "/" + std::string(path);
}

}  // namespace hb
