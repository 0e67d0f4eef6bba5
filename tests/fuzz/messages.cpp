// Alerts from other monitors, sent through every channel, what providers answer, and what is queued.

#include "alerts/backlog.hpp"
#include "alerts/external_channels.hpp"
#include "alerts/known_alerts.hpp"
#include "channels/provider_answer.hpp"
#include "channels/send_of.hpp"
#include "config/channel_types.hpp"
#include "config/secrets.hpp"
#include "fuzz.hpp"
#include "jobs/dispatch.hpp"
#include "text/json.hpp"
#include "text/utf8.hpp"

using namespace hb;

namespace {

Config config_of_all() {
  Config config;
  for (const ChannelType& type : kChannelTypes) {
    const std::string name(type.name);
    config.notifications.channels.push_back({.type = name, .name = name, .from = "a@b", .to = {"c@d"}});
    for (const CredentialRule& rule : type.credentials) {
      if (rule.need == CredentialRule::Need::optional || !rule.provider.empty()) continue;
      const bool is_address =
          rule.kind == CredentialRule::Kind::web_address || rule.kind == CredentialRule::Kind::topic_address;
      config.secrets.notification[secret_name(name, rule.key)] =
          is_address ? "https://secret.example/secret-path" : "secret-token";
    }
    config.notifications.templates[name + "_external"] = {{"title", "{{title}}"},
                                                          {"text", "{{title}} {{message}}"},
                                                          {"message", "{{message}}"},
                                                          {"body", "<p>{{message}}"}};
  }
  return config;
}

const Config& channels_config() {
  static const Config kConfig = config_of_all();
  return kConfig;
}

// One channel for each input, so that many inputs are tried; which one depends on the length.
const Channel& channel_for(size_t size) {
  const auto& channels = channels_config().notifications.channels;
  return channels[size % channels.size()];
}

void tell(const Message& message, const Channel& channel) {
  require(read_message(write_message(message)) == message);
  for (const Form form : {Form::full, Form::plain}) {
    const auto made = send_of(channels_config(), channel, message, {.at = kNow, .form = form});
    const Send* send = std::get_if<Send>(&made);
    require(send != nullptr);
    require(send->body == valid_utf8(send->body));
    const bool is_form =
        !send->headers.empty() && send->headers[0].second == "application/x-www-form-urlencoded";
    if (send->via == Via::email_binding || !is_form) require(parse_json(send->body).has_value());
  }
}

void read_alerts_of(std::string_view text) {
  const auto found = find_alerts(text);
  const auto* body = std::get_if<AlertBody>(&found);
  if (body == nullptr) return;
  require(!body->alerts.empty());
  std::vector<NewAlert> all;
  truncation_of({}, *body);
  for (size_t i = 0; i < body->alerts.size(); ++i) {
    const ExternalAlert alert = alert_at({}, *body, i);
    require(alert_key(state_at({}, *body, i)) == alert_key(alert) || alert.fingerprint.empty());
    all.push_back({.index = i});
    require(alert.labels.size() <= kMaxLabelBytes && alert.annotations.size() <= kMaxLabelBytes);
    external_channels(channels_config(), alert);
    require(read_alerts(write_alerts(std::vector{history_entry(alert, {}, kNow)})).size() == 1);
    tell(alert_message(alert, kNow), channel_for(text.size()));
  }
  if (body->format != AlertFormat::generic && body->format != AlertFormat::legacy_grafana)
    require(read_backlog(write_backlog(kNow, *body, all), kNow).has_value());
}

void read_answer(std::string_view text) {
  for (const int status : {200, 400, 429}) {
    const Answer answer{.status = status, .retry_after = std::string(text), .body = text};
    const Received out = received(channels_config(), channel_for(text.size()), answer, kNow);
    require(units(out.words) <= 200);
    require(out.words.find("secret-token") == out.words.npos);
    require(!out.not_before || (*out.not_before >= kNow && *out.not_before <= kNow + 1h));
  }
}

// What is stored and damaged is read as far as it goes, and printed so that it reads the same.
void read_stored(std::string_view text) {
  const KnownInRow known = read_known_alerts(text, kNow);
  require(read_known_alerts(write_known_alerts(known), kNow) == known);
  const Outbox outbox = read_outbox(text);
  require(read_outbox(write_outbox(outbox)).channels.size() <= outbox.channels.size());
  const std::vector<DeliveryId> delivery_ids = read_delivery_ids(text);
  require(read_delivery_ids(write_delivery_ids(delivery_ids)) == delivery_ids);
}

}  // namespace

int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const Exact text(view_of(data, size));
  read_alerts_of(text.view());
  read_answer(text.view());
  read_message(text.view());
  read_stored(text.view());
  return 0;
}
