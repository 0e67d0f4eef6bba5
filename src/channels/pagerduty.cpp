#include "channels/pagerduty.hpp"

#include <algorithm>

#include "message/message_template.hpp"
#include "message/wording.hpp"
#include "text/utf8.hpp"

namespace hb {
namespace {

constexpr size_t kSummary = 1024;
constexpr size_t kSource = 255;
constexpr size_t kPagerdutyText = 4096;

constexpr std::string_view kSeverities[] = {"critical", "error", "warning", "info"};

bool is_severity(std::string_view word) {
  return std::find(std::begin(kSeverities), std::end(kSeverities), word) != std::end(kSeverities);
}

std::string_view severity(const Message& message) {
  if (is_severity(message.severity)) return message.severity;
  if (tone(message) == Tone::bad) return "critical";
  return tone(message) == Tone::warning ? "warning" : "info";
}

std::string usual_summary(const Message& message) {
  const std::string body = one_line(body_text(message));
  return shortened(headline(message) + (body.empty() ? "" : ": " + body), kSummary);
}

struct SummaryLine {
  std::string summary{};
  std::string severity{};
};

SummaryLine line_of(const DeliveryAttempt& attempt) {
  const Message& message = attempt.message;
  SummaryLine line{.summary = usual_summary(message), .severity = std::string(severity(message))};
  const TemplateTexts* texts = attempt.options.form == Form::plain ? nullptr : template_for(attempt);
  if (texts == nullptr) return line;
  const Variables variables(attempt);
  const std::string summary = variables.truncated(template_text(*texts, "summary"), nullptr, kSummary);
  if (!one_line(summary).empty()) line.summary = shortened(one_line(summary), kSummary);
  const std::string own = variables.filled(template_text(*texts, "severity"), nullptr, kSummary);
  if (is_severity(own)) line.severity = own;
  return line;
}

std::string source(const Message& message) {
  for (const std::string* text : {&message.service_id, &message.source}) {
    if (!text->empty()) return shortened(one_line(*text), kSource);
  }
  return "heartbeat-monitor";
}

void print_details(JsonWriter& json, const DeliveryAttempt& attempt) {
  json.key("custom_details").begin_object();
  const std::string text = shortened(body_text(attempt.message), kPagerdutyText);
  if (!text.empty()) json.member("message", text);
  for (const auto& [name, value] : facts(attempt)) json.member(name, value);
  json.end_object();
}

void print_payload(JsonWriter& json, const DeliveryAttempt& attempt) {
  const Message& message = attempt.message;
  const SummaryLine line = line_of(attempt);
  json.key("payload").begin_object().member("summary", line.summary).member("source", source(message));
  json.member("severity", line.severity).member("timestamp", message.timestamp);
  if (attempt.options.form == Form::full) {
    if (!message.service_name.empty()) json.member("component", one_line(message.service_name));
    if (!message.group_name.empty()) json.member("group", one_line(message.group_name));
    print_details(json, attempt);
  }
  json.end_object();
}

void print_link(JsonWriter& json, std::string_view url, std::string_view text) {
  if (!url.empty()) json.begin_object().member("href", url).member("text", text).end_object();
}

void print_client(JsonWriter& json, const DeliveryAttempt& attempt) {
  const std::string& url = attempt.config.settings.monitoring.public_url;
  json.member("client", "Heartbeat monitor");
  if (!url.empty()) json.member("client_url", url);
  json.key("links").begin_array();
  print_link(json, url, "Dashboard");
  print_link(json, attempt.message.url, "Alert");
  json.end_array();
}

}  // namespace

Send pagerduty(const DeliveryAttempt& attempt) {
  const bool is_over = is_recovery(attempt.message);
  JsonWriter json;
  json.begin_object().member("routing_key", attempt.credential("ROUTINGKEY"));
  json.member("event_action", is_over ? "resolve" : "trigger")
      .member("dedup_key", incident_key(attempt.message));
  if (!is_over) {
    print_payload(json, attempt);
    if (attempt.options.form == Form::full) print_client(json, attempt);
  }
  json.end_object();
  return json_send(attempt.channel.region == "eu" ? "https://events.eu.pagerduty.com/v2/enqueue"
                                                  : "https://events.pagerduty.com/v2/enqueue",
                   json);
}

}  // namespace hb
