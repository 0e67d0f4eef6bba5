#include "message/message_template.hpp"

#include <algorithm>

namespace hb {
namespace {

std::string event_type(const Message& message) {
  if (message.kind != MessageKind::alert) return std::string(kind_name(message.kind));
  const Tone of = tone(message);
  if (of == Tone::bad) return "down";
  return of == Tone::warning ? "degraded" : "up";
}

std::string name_of(const Message& message) {
  if (!message.service_name.empty()) return message.service_name;
  return message.service_id.empty() ? message.title : message.service_id;
}

std::string time_text(const std::optional<Time>& time, const SendOptions& options) {
  return time ? local_time(*time, options.utc_offset) : "never";
}

}  // namespace

const TemplateTexts* template_for(const DeliveryAttempt& attempt) {
  if (attempt.message.kind == MessageKind::digest || attempt.message.kind == MessageKind::notice)
    return nullptr;
  std::string name = attempt.channel.type;
  if (attempt.message.kind == MessageKind::alert) name += "_external";
  const auto& templates = attempt.config.notifications.templates;
  const auto found = templates.find(name);
  return found == templates.end() || found->second.empty() ? nullptr : &found->second;
}

std::string_view template_text(const TemplateTexts& texts, std::string_view name) {
  const auto found = texts.find(std::string(name));
  return found == texts.end() ? std::string_view() : found->second;
}

Variables::Variables(const DeliveryAttempt& attempt) {
  const Message& message = attempt.message;
  add("emoji", std::string(emoji(tone(message))));
  add("eventType", event_type(message));
  add("serviceName", name_of(message));
  add("serviceId", message.service_id);
  add("groupName", message.group_name);
  add("alsoDown", message.also_down);
  add("lastSeen", time_text(message.last_seen, attempt.options));
  add("timestamp", local_time(message.timestamp, attempt.options.utc_offset));
  add("timestampISO", iso(message.timestamp));
  add("duration", message.duration ? humanized(*message.duration) : "");
  add("message", body_text(message));
  add("headline", headline(message));
  add("dedupKey", message.dedup_key);
  add("dashboardUrl", attempt.config.settings.monitoring.public_url);
  if (message.kind != MessageKind::alert) return;
  add("title", one_line(message.title));
  add("severity", message.severity);
  add("source", message.source);
  add("status", message.status);
}

void Variables::add(std::string_view name, std::string value) {
  values_.emplace_back(name, std::move(value));
}

const std::string* Variables::find(std::string_view name) const {
  for (const auto& [key, value] : values_) {
    if (key == name) return &value;
  }
  return nullptr;
}

std::string Variables::filled(std::string_view text, Escape escape, size_t cap) const {
  std::string out;
  while (!text.empty()) {
    const size_t open = std::min(text.find("{{"), text.size());
    out += text.substr(0, open);
    text.remove_prefix(open);
    if (text.empty()) break;
    const size_t close = text.find("}}");
    const std::string* value = close == text.npos ? nullptr : find(text.substr(2, close - 2));
    if (value != nullptr) {
      out += escaped(*value, escape, cap);
      text.remove_prefix(close + 2);
    } else {
      out += "{{";
      text.remove_prefix(2);
    }
  }
  return out;
}

std::string Variables::truncated(std::string_view text, Escape escape, size_t limit) const {
  return hb::truncated(limit, [&](size_t cap) { return filled(text, escape, cap); });
}

std::vector<TemplateField> template_fields(const TemplateTexts& texts, std::string_view name,
                                           std::string_view flag) {
  std::vector<TemplateField> out;
  for (size_t i = 0; i < kMaxTemplateFields; ++i) {
    const std::string prefix = "fields[" + std::to_string(i) + "].";
    const auto first = texts.lower_bound(prefix);
    if (first == texts.end() || !first->first.starts_with(prefix)) continue;
    out.push_back({.name = template_text(texts, prefix + std::string(name)),
                   .value = template_text(texts, prefix + "value"),
                   .is_short = template_text(texts, prefix + std::string(flag)) == "true"});
  }
  return out;
}

}  // namespace hb
