#include "channels/webhook.hpp"

#include <algorithm>

#include "config/channel_types.hpp"
#include "message/message_template.hpp"
#include "message/wording.hpp"
#include "text/ascii.hpp"
#include "text/base64.hpp"
#include "text/sha256.hpp"
#include "text/utf8.hpp"

namespace hb {
namespace {

constexpr size_t kWebhookPlainText = 500;
constexpr size_t kWebhookValue = 10'000;  // of a variable in a template

// A receiver that keeps incidents has to close one of a service that is not watched any more, and a notice is
// an alert of the monitor's own.
std::string_view event_name(MessageKind kind) {
  if (kind == MessageKind::resolved_by_removal) return kind_name(MessageKind::up);
  if (kind == MessageKind::notice) return kind_name(MessageKind::alert);
  return kind_name(kind);
}

void print_text(JsonWriter& json, std::string_view name, std::string_view text) {
  if (!text.empty()) json.member(name, text);
}

void print_object(JsonWriter& json, std::string_view name, std::string_view object) {
  if (!object.empty()) json.key(name).raw(object);
}

void print_service(JsonWriter& json, const DeliveryAttempt& attempt) {
  const Message& message = attempt.message;
  json.key("service").begin_object().member("id", message.service_id);
  print_text(json, "name", message.service_name);
  print_text(json, "group", message.group_name);
  print_text(json, "alsoDown", message.also_down);
  print_text(json, "status", message.status);
  if (attempt.config.notifications.include_metadata) {
    print_text(json, "message", message.heartbeat_message);
    print_object(json, "metadata", message.metadata);
  }
  json.end_object();
}

void print_alert(JsonWriter& json, const Message& message) {
  json.key("alert").begin_object().member("title", message.title);
  print_text(json, "severity", message.severity);
  print_text(json, "status", message.status);
  print_text(json, "source", message.source);
  print_text(json, "url", message.url);
  print_object(json, "labels", message.labels);
  print_object(json, "annotations", message.annotations);
  json.end_object();
}

void print_digest(JsonWriter& json, const Message& message) {
  json.key("digest").begin_object().key("lines").begin_array();
  for (const std::string& line : message.lines) json.value(line);
  json.end_array().member("more", message.more).end_object();
}

void print_subject(JsonWriter& json, const DeliveryAttempt& attempt) {
  if (!attempt.message.service_id.empty()) {
    print_service(json, attempt);
  } else if (attempt.message.kind == MessageKind::digest) {
    print_digest(json, attempt.message);
  } else {
    print_alert(json, attempt.message);
  }
}

void append_json(std::string& out, std::string_view text) {
  JsonWriter json;
  json.value(text);
  out += json.text().substr(1, json.text().size() - 2);
}

// A template that is JSON gets its values as parts of JSON texts.
std::string own_body(const DeliveryAttempt& attempt) {
  const std::string_view body = trimmed(attempt.channel.body);
  const bool is_json = body.starts_with('{') || body.starts_with('[');
  const size_t limit = attempt.options.form == Form::plain ? kWebhookPlainText : kWebhookValue;
  return Variables(attempt).filled(body, is_json ? append_json : nullptr, limit);
}

std::string body_of(const DeliveryAttempt& attempt) {
  if (!attempt.channel.body.empty()) return own_body(attempt);
  const Message& message = attempt.message;
  const bool is_plain = attempt.options.form == Form::plain;
  const std::string& previous = message.previous;
  JsonWriter json;
  json.begin_object().member("event", event_name(message.kind)).member("title", headline(message));
  if (!is_plain) print_subject(json, attempt);
  json.member("previous", previous.empty() ? std::nullopt : std::optional(std::string_view(previous)));
  json.member("since", message.since);
  json.member("durationMs", message.duration ? std::optional(message.duration->count()) : std::nullopt);
  json.member("lastSeen", message.last_seen);
  json.member("message", is_plain ? shortened(body_text(message), kWebhookPlainText) : body_text(message));
  json.member("timestamp", message.timestamp).member("dedupKey", message.dedup_key);
  return json.end_object().take();
}

// In place of one that is there in any case of letters.
void set_header(Headers& headers, const std::string& name, std::string value) {
  const auto is_it = [&](const auto& header) { return lower(header.first) == lower(name); };
  headers.erase(std::remove_if(headers.begin(), headers.end(), is_it), headers.end());
  headers.emplace_back(name, std::move(value));
}

void sign(Send& send, const DeliveryAttempt& attempt, std::string_view secret) {
  const auto now = std::chrono::floor<std::chrono::seconds>(attempt.options.at).time_since_epoch().count();
  const std::string id = message_id(attempt.message);
  set_header(send.headers, "webhook-id", id);
  set_header(send.headers, "webhook-timestamp", std::to_string(now));
  set_header(send.headers, "webhook-signature",
             webhook_signature(signing_key(secret).value_or(""), id, now, send.body));
}

}  // namespace

std::string webhook_signature(std::string_view key, std::string_view id, int64_t seconds,
                              std::string_view body) {
  std::string signed_text(id);
  ((signed_text += '.') += std::to_string(seconds) += '.') += body;
  return "v1," + base64(hmac_sha256(key, signed_text));
}

Send webhook(const DeliveryAttempt& attempt) {
  Send send{.url = std::string(attempt.credential("URL")),
            .method = attempt.channel.method,
            .headers = {{"Content-Type", "application/json"}, {"User-Agent", "heartbeat-monitor"}},
            .body = body_of(attempt)};
  for (const auto& [name, value] : attempt.channel.headers) set_header(send.headers, name, value);
  const std::string_view token = attempt.credential("AUTHTOKEN");
  if (!token.empty()) set_header(send.headers, attempt.channel.auth_header, "Bearer " + std::string(token));
  const std::string_view secret = attempt.credential("SIGNINGSECRET");
  if (!secret.empty()) sign(send, attempt, secret);
  return send;
}

}  // namespace hb
