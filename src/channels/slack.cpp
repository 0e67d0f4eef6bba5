#include "channels/slack.hpp"

#include "channels/markup.hpp"
#include "message/message_template.hpp"
#include "message/wording.hpp"
#include "text/ascii.hpp"
#include "text/json.hpp"
#include "text/utf8.hpp"

namespace hb {
namespace {

// https://docs.slack.dev/reference/block-kit/blocks/section-block
constexpr size_t kSlackText = 3000;
constexpr size_t kFieldText = 2000;
constexpr size_t kFieldsOfSection = 10;
constexpr size_t kHeadlineText = 1000;
constexpr size_t kSlackFooter = 1000;

// As markup, where links and mentions stay text unless they are written as such, or without any.
enum class Format { markup, plain };

struct Parts {
  Format format = Format::plain;  // of text and section
  std::string text{};             // what notifications show, too
  std::string section{};
  std::vector<std::string> fields{};
  std::string footer{};
};

void print_text(JsonWriter& json, std::string_view text, Format format) {
  json.begin_object().member("type", format == Format::plain ? "plain_text" : "mrkdwn").member("text", text);
  json.member(format == Format::plain ? "emoji" : "verbatim", format == Format::markup).end_object();
}

void print_section(JsonWriter& json, std::string_view text, Format format) {
  if (text.empty()) return;
  json.begin_object().member("type", "section").key("text");
  print_text(json, text, format);
  json.end_object();
}

void print_fields(JsonWriter& json, const std::vector<std::string>& fields) {
  for (size_t i = 0; i < fields.size(); ++i) {
    if (i % kFieldsOfSection == 0) {
      if (i > 0) json.end_array().end_object();
      json.begin_object().member("type", "section").key("fields").begin_array();
    }
    print_text(json, fields[i], Format::markup);
  }
  if (!fields.empty()) json.end_array().end_object();
}

void print_footer(JsonWriter& json, std::string_view footer) {
  if (footer.empty()) return;
  json.begin_object().member("type", "context").key("elements").begin_array();
  print_text(json, footer, Format::markup);
  json.end_array().end_object();
}

std::string field_text(std::string_view name, std::string_view value) {
  return "*" + std::string(name) + "*\n" + std::string(value);
}

std::string dashboard_link(const DeliveryAttempt& attempt) {
  const std::string& url = attempt.config.settings.monitoring.public_url;
  if (url.empty()) return {};
  std::string out = "<";
  append_slack(out, url);
  return out + "|Dashboard>";
}

Parts usual_parts(const DeliveryAttempt& attempt) {
  const Message& message = attempt.message;
  const std::string title = std::string(emoji(tone(message))) + " " + headline(message);
  Parts parts{.text = escaped(title, append_slack, kHeadlineText),
              .section = escaped(body_text(message), append_slack, kSlackText),
              .footer = dashboard_link(attempt)};
  for (const Fact& fact : facts(attempt)) {
    const size_t room = kFieldText / 2;
    parts.fields.push_back(field_text(escaped(fact.name, append_plain_slack, room - 10),
                                      escaped(fact.value, append_plain_slack, room)));
  }
  return parts;
}

Parts parts_after_template(const DeliveryAttempt& attempt, const TemplateTexts& texts) {
  const Variables variables(attempt);
  const auto fill = [&](std::string_view text, size_t limit) {
    return std::string(first_characters(variables.truncated(text, append_plain_slack, limit), limit));
  };
  Parts parts{.format = Format::markup,
              .text = fill(template_text(texts, "text"), kSlackText),
              .footer = fill(template_text(texts, "footer"), kSlackFooter)};
  if (parts.text.empty()) parts.text = escaped(headline(attempt.message), append_plain_slack, kHeadlineText);
  for (const TemplateField& field : template_fields(texts, "title", "short")) {
    const std::string text = field_text(fill(field.name, kFieldText / 4), fill(field.value, kFieldText / 2));
    parts.fields.push_back(text);
  }
  return parts;
}

bool is_error(std::string_view body, const Json* json) {
  if (json != nullptr && json->is_object()) return says_no(*json, "ok") || says_no(*json, "success");
  return !body.empty() && lower(body) != "ok";
}

void print_attachment(JsonWriter& json, const DeliveryAttempt& attempt, const Parts& parts) {
  if (parts.section.empty() && parts.fields.empty() && parts.footer.empty()) return;
  json.key("attachments").begin_array().begin_object();
  json.member("color", css_color(tone(attempt.message))).key("blocks").begin_array();
  print_section(json, parts.section, parts.format);
  print_fields(json, parts.fields);
  print_footer(json, parts.footer);
  json.end_array().end_object().end_array();
}

}  // namespace

void append_slack(std::string& out, std::string_view text) {
  for (const char c : text) {
    if (c == '&') {
      out += "&amp;";
    } else if (c == '<') {
      out += "&lt;";
    } else if (c == '>') {
      out += "&gt;";
    } else {
      out += c;
    }
  }
}

void append_plain_slack(std::string& out, std::string_view text) {
  for (size_t i = 0; i < text.size(); ++i) {
    const std::string_view similar = lookalike(text, i);
    if (similar.empty()) {
      append_slack(out, text.substr(i, 1));
    } else {
      out += similar;
    }
  }
}

Meaning slack_meaning(const Channel&, const Answer& answer, const Json* json) {
  return {.status = is_good(answer) && is_error(trimmed(answer.body), json) ? 400 : answer.status};
}

Send slack(const DeliveryAttempt& attempt) {
  JsonWriter json;
  json.begin_object();
  if (attempt.options.form == Form::plain) {
    json.member("text", escaped(plain_text(attempt.message, kSlackText), append_slack, kSlackText));
    json.member("mrkdwn", false);
  } else {
    const TemplateTexts* texts = template_for(attempt);
    const Parts parts = texts != nullptr ? parts_after_template(attempt, *texts) : usual_parts(attempt);
    json.member("text", parts.text).member("mrkdwn", parts.format == Format::markup);
    print_attachment(json, attempt, parts);
  }
  json.end_object();
  return json_send(std::string(attempt.credential("WEBHOOKURL")), json);
}

}  // namespace hb
