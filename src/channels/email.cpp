#include "channels/email.hpp"

#include "message/message_template.hpp"
#include "message/wording.hpp"
#include "text/ascii.hpp"
#include "text/html.hpp"
#include "text/sha256.hpp"
#include "text/utf8.hpp"

namespace hb {
namespace {

constexpr size_t kSubject = 200;
constexpr size_t kBody = 20'000;
constexpr size_t kEmailPlainText = 2'000;

std::string html_of(std::string_view text) {
  std::string out;
  append_html(out, text);
  return out;
}

std::string html_lines(std::string_view text) {
  std::string out;
  for (const char c : html_of(text)) {
    if (c == '\n') out += "<br>";
    out += c;
  }
  return out;
}

// What a reader without HTML sees of a template that is written in it.
std::string without_tags(std::string_view html) {
  std::string out;
  bool in_tag = false;
  for (const char c : html) {
    in_tag = c == '<' || (in_tag && c != '>');
    if (!in_tag && c != '>') out += c;
  }
  return out;
}

std::string usual_text(const DeliveryAttempt& attempt, const std::vector<Fact>& all) {
  std::string out = headline(attempt.message) + "\n\n";
  const std::string body = body_text(attempt.message);
  if (!body.empty()) out += body + "\n\n";
  for (const auto& [name, value] : all) out += name + ": " + value + "\n";
  const std::string& url = attempt.config.settings.monitoring.public_url;
  if (!url.empty()) out += "\nDashboard: " + url + "\n";
  return out;
}

std::string usual_html(const DeliveryAttempt& attempt, const std::vector<Fact>& all) {
  std::string out =
      "<h2>" + html_of(std::string(emoji(tone(attempt.message))) + " " + headline(attempt.message));
  out += "</h2>\n<p>" + html_lines(shortened(body_text(attempt.message), kBody)) + "</p>\n<table>\n";
  for (const auto& [name, value] : all)
    out += "<tr><td><b>" + html_of(name) + "</b></td><td>" + html_of(value) + "</td></tr>\n";
  out += "</table>\n";
  const std::string& url = attempt.config.settings.monitoring.public_url;
  if (!url.empty()) out += "<p><a href=\"" + html_of(url) + "\">Dashboard</a></p>\n";
  return out;
}

Mail usual_mail(const DeliveryAttempt& attempt) {
  const std::vector<Fact> all = facts(attempt);
  const std::string subject = std::string(emoji(tone(attempt.message))) + " " + headline(attempt.message);
  return {.subject = shortened(subject, kSubject),
          .text = shortened(usual_text(attempt, all), kBody),
          .html = usual_html(attempt, all)};
}

// A body without any tag is text, one with tags is HTML; either way the other part is made of it.
void fill_body(Mail& mail, const Variables& variables, std::string_view body) {
  const bool is_html = body.find('<') != body.npos;
  mail.text = variables.truncated(is_html ? without_tags(body) : std::string(body), nullptr, kBody);
  mail.html = is_html ? variables.truncated(body, append_html, kBody) : html_lines(mail.text);
}

Send by_mailgun(const DeliveryAttempt& attempt, const Mail& mail) {
  FormBody form;
  form.add("from", attempt.channel.from);
  for (const std::string& to : attempt.channel.to) form.add("to", to);
  form.add("subject", mail.subject);
  form.add("text", mail.text);
  form.add("html", mail.html);
  std::string url =
      attempt.channel.region == "eu" ? "https://api.eu.mailgun.net/v3/" : "https://api.mailgun.net/v3/";
  url += percent_encoded(attempt.credential("DOMAIN")) + "/messages";
  Send send = form_send(std::move(url), form);
  add_basic(send, "api", attempt.credential("APIKEY"));
  return send;
}

void print_parts(JsonWriter& json, const Mail& mail) {
  json.member("subject", mail.subject).member("text", mail.text);
  if (!mail.html.empty()) json.member("html", mail.html);
}

// The same for each attempt to send this mail, so that Resend sends it once.
std::string idempotency_key(const DeliveryAttempt& attempt) {
  const std::string_view form = attempt.options.form == Form::plain ? "plain" : "full";
  const std::string whole =
      message_id(attempt.message) + "\n" + attempt.channel.name + "\n" + std::string(form);
  return hex(sha256(whole));
}

Send by_resend(const DeliveryAttempt& attempt, const Mail& mail) {
  JsonWriter json;
  json.begin_object().member("from", attempt.channel.from).key("to").begin_array();
  for (const std::string& to : attempt.channel.to) json.value(to);
  json.end_array();
  print_parts(json, mail);
  json.end_object();
  Send send = json_send("https://api.resend.com/emails", json);
  add_bearer(send, attempt.credential("APIKEY"));
  send.headers.emplace_back("Idempotency-Key", idempotency_key(attempt));
  return send;
}

Send by_cloudflare(const DeliveryAttempt& attempt, const Mail& mail) {
  const Mailbox from = mailbox(attempt.channel.from);
  JsonWriter json;
  json.begin_object().key("from").begin_object().member("email", from.address);
  if (!from.name.empty()) json.member("name", from.name);
  json.end_object().key("to").begin_array();
  for (const std::string& to : attempt.channel.to) json.value(mailbox(to).address);
  json.end_array();
  print_parts(json, mail);
  return {.via = Via::email_binding, .body = json.end_object().take()};
}

}  // namespace

Mailbox mailbox(std::string_view text) {
  const size_t open = text.rfind('<');
  if (open == text.npos || !trimmed(text).ends_with('>')) return {.address = std::string(trimmed(text))};
  std::string_view name = trimmed(text.substr(0, open));
  if (name.size() >= 2 && name.front() == '"' && name.back() == '"') name = name.substr(1, name.size() - 2);
  return {.name = std::string(name),
          .address = std::string(trimmed(text.substr(open + 1, text.rfind('>') - open - 1)))};
}

Mail mail_of(const DeliveryAttempt& attempt) {
  if (attempt.options.form == Form::plain)
    return {.subject = headline(attempt.message), .text = plain_text(attempt.message, kEmailPlainText)};
  Mail mail = usual_mail(attempt);
  const TemplateTexts* texts = template_for(attempt);
  if (texts == nullptr) return mail;
  const Variables variables(attempt);
  const std::string subject =
      one_line(variables.truncated(template_text(*texts, "subject"), nullptr, kSubject));
  if (!subject.empty()) mail.subject = shortened(subject, kSubject);
  const std::string_view body = template_text(*texts, "body");
  if (!body.empty()) fill_body(mail, variables, body);
  return mail;
}

Send email(const DeliveryAttempt& attempt) {
  const Mail mail = mail_of(attempt);
  if (attempt.channel.provider == "mailgun") return by_mailgun(attempt, mail);
  if (attempt.channel.provider == "resend") return by_resend(attempt, mail);
  return by_cloudflare(attempt, mail);
}

Meaning email_meaning(const Channel& channel, const Answer& answer, const Json*) {
  if (channel.provider != "resend" || answer.status != 409) return {.status = answer.status};
  const bool is_taken = answer.body.find("invalid_idempotent_request") != answer.body.npos;
  return {.status = answer.status, .result = is_taken ? DeliveryResult::accepted : DeliveryResult::later};
}

}  // namespace hb
